// Compares a V2 signature with the one the secret makes. No SDK that has V2 strays from the rules,
// so there is no second try.
import { equalConstantTime } from '../../checksum/bytes-text.ts';
import { type Match, type SignatureTools, strictMatch } from '../checks/match.ts';
import { signatureMismatch } from '../checks/mismatch.ts';
import type { PresentedV2 } from '../checks/presented.ts';
import type { SignableRequest } from '../elements/request.ts';
import type { SignedHeaders } from '../elements/request-headers.ts';
import { signatureV2 } from './sign.ts';
import { stringToSignV2 } from './string-to-sign.ts';

export function verifyV2(
  presented: PresentedV2,
  request: SignableRequest,
  headers: SignedHeaders,
  secret: string,
  { hashes }: Pick<SignatureTools, 'hashes'>,
): Match {
  const text = stringToSignV2(request, headers, presented.additionalHeaders, presented.expires);
  const signature = signatureV2(secret, text, hashes);
  if (equalConstantTime(presented.signature, signature)) return strictMatch;
  throw signatureMismatch('SignatureDoesNotMatchV2', presented, text);
}
