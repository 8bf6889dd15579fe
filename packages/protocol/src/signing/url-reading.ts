// A URL as it was read. What follows from its text alone holds for each use of it: its target, the signature it
// presents, and that this signature is the right one for a request under a signing key. So one who keeps a
// reading spares the next use the parsing and the HMAC. Nothing of credentials or of time is in it.
import { parseRequestTarget, type RequestTarget } from '../http/request-target.ts';
import { headerName } from './names.ts';
import type { PresentedV4 } from './presented.ts';
import type { SignableRequest } from './request.ts';
import type { SignedHeaders } from './request-headers.ts';
import { isAlwaysSigned } from './v4/canonical-headers.ts';

/** A right signature, and all besides the URL that makes it right. */
interface Proof {
  readonly method: string;
  readonly bucket: string | undefined;
  readonly key: string | undefined;
  /** The very bytes: who derives them anew has others. */
  readonly signingKey: Uint8Array;
  readonly signature: string;
}

export class UrlReading {
  readonly target: RequestTarget;
  /** First value of each query name; `''` where it came without one. */
  readonly query: ReadonlyMap<string, string>;
  #presented: PresentedV4 | undefined;
  #proof: Proof | undefined;

  /** `url`: a request target as sent. Throws as `parseRequestTarget` does. */
  constructor(url: string) {
    this.target = parseRequestTarget(url);
    const query = new Map<string, string>();
    for (const [name, value] of this.target.query) {
      if (!query.has(name)) query.set(name, value ?? '');
    }
    this.query = query;
  }

  /** Some request with this URL had a good signature. */
  get isProven(): boolean {
    return this.#proof !== undefined;
  }

  /** The signature in it, where it was found right before. */
  get presented(): PresentedV4 | undefined {
    return this.#presented;
  }

  /** The right signature of this request under this key, where it was calculated before. */
  proven(request: SignableRequest, signingKey: Uint8Array): string | undefined {
    const proof = this.#proof;
    const isSame =
      proof?.signingKey === signingKey &&
      proof.method === request.method &&
      proof.bucket === request.bucket &&
      proof.key === request.key;
    return isSame ? proof.signature : undefined;
  }

  /** `presented` was found right, to the letter. Kept only where the URL decides alone. */
  prove(request: SignableRequest, presented: PresentedV4, signingKey: Uint8Array): void {
    if (presented.mode !== 'url' || presented.additionalHeaders.length > 0) return;
    const { method, bucket, key } = request;
    this.#presented = presented;
    this.#proof = { method, bucket, key, signingKey, signature: presented.signature };
  }
}

/** No header takes part in a signature, or is a second one: the URL says all there is of it. */
export function urlDecidesAlone(headers: SignedHeaders): boolean {
  for (const name of headers.keys()) {
    if (isAlwaysSigned(name) || name === headerName.authorization) return false;
  }
  return true;
}
