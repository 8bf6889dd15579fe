// Does the signature match? Strictly first; then in the ways in which single official SDKs are
// known to differ. A fallback that leaves parameters unsigned says which, and the server removes
// them before routing: nothing unsigned ever takes effect (choices row 7).
import type { Match, SignatureTools } from '../checks/match.ts';
import type { Presented } from '../checks/presented.ts';
import { queryName } from '../elements/names.ts';
import type { SignableRequest } from '../elements/request.ts';
import type { SignedHeaders } from '../elements/request-headers.ts';
import { verifyV1 } from '../v1/verify.ts';
import { verifyV2 } from '../v2/verify.ts';
import type { UrlReading } from '../v4/url-reading.ts';
import { verifyV4 } from '../v4/verify.ts';

/**
 * Throws SignatureDoesNotMatch with what the server calculated from, never the right signature.
 * `reading` is given where the URL alone decides, and remembers that it was good.
 */
export function checkSignature(
  presented: Presented,
  request: SignableRequest,
  headers: SignedHeaders,
  secret: string,
  tools: SignatureTools,
  reading?: UrlReading,
): Match {
  switch (presented.version) {
    case 'v4':
      return verifyV4(presented, request, headers, secret, tools, reading);
    case 'v2':
      return verifyV2(presented, request, headers, secret, tools);
    case 'v1':
      return verifyV1(presented, request, headers, secret, tools);
  }
}

/** The names under which a query carries a signature; routing must never see these. */
export const signatureQueryNames: ReadonlySet<string> = new Set(Object.values(queryName));
