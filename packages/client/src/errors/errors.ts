// Failures that are not refusals of the service. A refusal is an OssError of @osskeep/protocol. None of
// them ever holds a secret, a token or a signature.

/** Why no usable answer came. */
export type TransportProblem =
  /** No connection, or it broke. */
  | 'network'
  /** Nothing moved for `timeoutMs`. */
  | 'timeout'
  /** The answer sends elsewhere; signatures and tokens are never taken there. */
  | 'redirect'
  /** The answer is not what OSS answers: another program, a broken document, missing headers. */
  | 'broken-answer';

interface TransportErrorInit {
  /** `network` when absent. */
  readonly problem?: TransportProblem | undefined;
  /** HTTP status, where an answer came. */
  readonly status?: number | undefined;
  readonly requestId?: string | undefined;
  readonly cause?: unknown;
}

/** No usable answer came: the network, a time-out, a redirect, a broken or foreign answer. */
export class TransportError extends Error {
  override readonly name = 'TransportError';
  readonly problem: TransportProblem;
  readonly status: number | undefined;
  readonly requestId: string | undefined;

  constructor(message: string, init: TransportErrorInit = {}) {
    super(message, init.cause === undefined ? undefined : { cause: init.cause });
    this.problem = init.problem ?? 'network';
    this.status = init.status;
    this.requestId = init.requestId;
  }
}

/** What arrived is not what was sent: length or checksum differ. Nothing of it should be used. */
export class IntegrityError extends Error {
  override readonly name = 'IntegrityError';
}

/** Which argument the client cannot work with. */
export type ClientProblem =
  | 'argument'
  | 'body'
  | 'bucket'
  | 'credentials'
  | 'endpoint'
  | 'key'
  | 'lifetime';

/** An argument the client cannot work with; nothing was sent, the message says what to change. */
export class ClientError extends Error {
  override readonly name = 'ClientError';
  readonly problem: ClientProblem;

  constructor(problem: ClientProblem, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.problem = problem;
  }
}
