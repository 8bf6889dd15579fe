// The one error type of the protocol: the server throws and renders it, the client parses and
// throws it. A transport failure (no answer at all) is not an OssError.

/** What an error carries besides its text. */
export interface OssErrorInit {
  /** OSS's own word, e.g. `NoSuchKey`. */
  readonly code: string;
  /** HTTP status. */
  readonly status: number;
  /** The sentence of the `Message` element. */
  readonly message: string;
  /** Fine-grained code `NNNN-NNNNNNNN`, also sent as `x-oss-ec`. */
  readonly ec?: string | undefined;
  /** Elements of the error document specific to this error, in the order they are written. */
  readonly details?: Readonly<Record<string, string>> | undefined;
  /** Response headers that belong to the refusal, e.g. `x-oss-delete-marker`; lower-case names. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** The connection's framing can no longer be trusted: answer, then close it. */
  readonly closeConnection?: boolean | undefined;
  readonly cause?: unknown;
}

/** A refusal as OSS words it: code, HTTP status, message, EC and details. */
export class OssError extends Error {
  override readonly name = 'OssError';
  readonly code: string;
  readonly status: number;
  readonly ec: string | undefined;
  readonly details: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly closeConnection: boolean;
  /** Filled in by a client from the error document. */
  requestId: string | undefined;
  /** Filled in by a client from the error document. */
  hostId: string | undefined;

  constructor(init: OssErrorInit) {
    super(init.message, init.cause === undefined ? undefined : { cause: init.cause });
    this.code = init.code;
    this.status = init.status;
    this.ec = init.ec;
    this.details = init.details ?? {};
    this.headers = init.headers ?? {};
    this.closeConnection = init.closeConnection ?? false;
  }
}
