// Does a signature match as the specification has it? The fallbacks for single SDKs are left out: a
// guess costs one HMAC, and what it finds is what every verifier accepts.
import { equalConstantTime } from '../../checksum/bytes-text.ts';
import { timestampV4 } from '../checks/check-scope.ts';
import type { SignatureTools } from '../checks/match.ts';
import type { Presented } from '../checks/presented.ts';
import type { SignableRequest } from '../elements/request.ts';
import type { SignedHeaders } from '../elements/request-headers.ts';
import { isAmbiguousQueryV1 } from '../v1/ambiguous.ts';
import { signatureV1 } from '../v1/sign.ts';
import { stringToSignV1 } from '../v1/string-to-sign.ts';
import { signatureV2 } from '../v2/sign.ts';
import { stringToSignV2 } from '../v2/string-to-sign.ts';
import { canonicalRequest } from '../v4/canonical-request.ts';
import { stringToSignV4 } from '../v4/string-to-sign.ts';

export function matchesStrictly(
  presented: Presented,
  request: SignableRequest,
  headers: SignedHeaders,
  secret: string,
  tools: SignatureTools,
): boolean {
  if (presented.version === 'v1' && isAmbiguousQueryV1(request)) return false;
  return equalConstantTime(
    presented.signature,
    calculated(presented, request, headers, secret, tools),
  );
}

/** The right signature: it never leaves this file. */
function calculated(
  presented: Presented,
  request: SignableRequest,
  headers: SignedHeaders,
  secret: string,
  { hashes, keys }: SignatureTools,
): string {
  switch (presented.version) {
    case 'v1': {
      const { expires } = presented;
      return signatureV1(secret, stringToSignV1(request, headers, { expires }), hashes);
    }
    case 'v2': {
      const { additionalHeaders, expires } = presented;
      const text = stringToSignV2(request, headers, additionalHeaders, expires);
      return signatureV2(secret, text, hashes);
    }
    case 'v4': {
      const { additionalHeaders, scope } = presented;
      const canonical = canonicalRequest(request, headers, additionalHeaders);
      const timestamp = timestampV4(presented, headers);
      const text = stringToSignV4(timestamp, scope, canonical, hashes);
      return hashes.hmacSha256Hex(keys.get(secret, scope, hashes), text);
    }
  }
}
