// A URL as it was read. What follows from its text alone holds for each use of it: its target, the signature it
// presents, and that this signature is the right one for a request under a signing key. So one who keeps a
// reading spares the next use the parsing and the HMAC. Nothing of credentials or of time is in it. No signature
// is compared then, so nothing is learnt from how long it takes: a URL is known as a whole or not at all.
import { parseRequestTarget, type RequestTarget } from '../../http/request-target.ts';
import type { PresentedV4 } from '../checks/presented.ts';
import { headerName } from '../elements/names.ts';
import type { SignableRequest } from '../elements/request.ts';
import type { SignedHeaders } from '../elements/request-headers.ts';
import { isAlwaysSigned } from './canonical-headers.ts';

/** What makes the signature in a URL the right one, besides the URL. */
interface Proof {
  readonly method: string;
  readonly bucket: string | undefined;
  readonly key: string | undefined;
  /** The very bytes: who derives them anew has others. */
  readonly signingKey: Uint8Array;
  readonly presented: PresentedV4;
}

export class UrlReading {
  readonly target: RequestTarget;
  /** First value of each query name; `''` where it came without one. */
  readonly query: ReadonlyMap<string, string>;
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
    return this.#proof?.presented;
  }

  /** The signature in it was calculated before for this very request under this very key, and was right. */
  proves({ method, bucket, key }: SignableRequest, signingKey: Uint8Array): boolean {
    const proof = this.#proof;
    return (
      proof?.signingKey === signingKey &&
      proof.method === method &&
      proof.bucket === bucket &&
      proof.key === key
    );
  }

  /** `presented` was found right, to the letter. Kept only where the URL decides alone. */
  prove(request: SignableRequest, presented: PresentedV4, signingKey: Uint8Array): void {
    if (presented.mode !== 'url' || presented.additionalHeaders.length > 0) return;
    const { method, bucket, key } = request;
    this.#proof = { method, bucket, key, signingKey, presented };
  }
}

/** No header takes part in a signature, or is a second one: the URL says all there is of it. */
export function urlDecidesAlone(headers: SignedHeaders): boolean {
  for (const name of headers.keys()) {
    if (isAlwaysSigned(name) || name === headerName.authorization) return false;
  }
  return true;
}
