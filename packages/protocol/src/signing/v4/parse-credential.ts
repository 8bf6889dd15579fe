// Reads `<AccessKeyId>/<YYYYMMDD>/<region>/<product>/aliyun_v4_request`. Split from the right: the
// last four parts are fixed, the rest is the key id (signing reference §1.1).
import type { ErrorCase } from '../../errors/table.ts';
import { rememberLast } from '../../http/remember-last.ts';
import { isKeyId } from '../elements/key-id.ts';
import { v4Suffix } from '../elements/names.ts';
import type { Scope } from '../elements/scope.ts';

/** Which refusal belongs to which fault; header, URL and form have their own. */
export interface CredentialCases {
  readonly shape: ErrorCase;
  readonly keyId: ErrorCase;
  readonly date: ErrorCase;
}

export interface ParsedCredential {
  readonly accessKeyId: string;
  readonly scope: Scope;
}

const day = /^\d{8}$/;

export function parseCredential(
  text: string,
  cases: CredentialCases,
  refused: (errorCase: ErrorCase) => Error,
): ParsedCredential {
  const read = readLast(text);
  if (typeof read === 'string') throw refused(cases[read]);
  return read;
}

const readLast = rememberLast(read);

function read(text: string): ParsedCredential | keyof CredentialCases {
  const parts = text.split('/');
  const count = parts.length;
  if (count < 5 || parts[count - 1] !== v4Suffix) return 'shape';
  const accessKeyId = count === 5 ? (parts[0] as string) : parts.slice(0, -4).join('/');
  if (!isKeyId(accessKeyId)) return 'keyId';
  const date = parts[count - 4] as string;
  if (!day.test(date)) return 'date';
  const region = parts[count - 3] as string;
  const product = parts[count - 2] as string;
  return { accessKeyId, scope: { date, region, product } };
}
