// What verification answers, as one comparable text.
import { OssError } from '../../src/errors/index.ts';
import {
  type Credential,
  type SignableRequest,
  type Verifier,
  verify,
} from '../../src/signing/index.ts';

export async function refusalOf(work: () => unknown): Promise<OssError> {
  try {
    await work();
  } catch (error) {
    if (error instanceof OssError) return error;
    throw error;
  }
  throw new Error('accepted');
}

/** `accepted`, `anonymous`, or `<status> <code> <EC>`. */
export async function outcome(
  request: SignableRequest,
  verifier: Verifier<Credential>,
): Promise<string> {
  try {
    return (await verify(request, verifier)) === null ? 'anonymous' : 'accepted';
  } catch (error) {
    if (!(error instanceof OssError)) throw error;
    return `${error.status} ${error.code} ${error.ec ?? '-'}`;
  }
}
