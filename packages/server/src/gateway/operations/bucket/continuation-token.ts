// The opaque token of ListObjectsV2: where the page ended, with a check, so that a token that was
// made up or cut is refused and not taken for a key.
import { crc32 } from 'node:zlib';
import { ossError } from '@osskeep/protocol';

const checkBytes = 4;

export function encodeContinuation(last: string): string {
  const key = Buffer.from(last);
  const check = Buffer.alloc(checkBytes);
  check.writeUInt32BE(crc32(key));
  return Buffer.concat([check, key]).toString('base64url');
}

/** Throws 400 InvalidArgument for anything `encodeContinuation` did not make. */
export function decodeContinuation(token: string): string {
  const bytes = Buffer.from(token, 'base64url');
  const key = bytes.subarray(checkBytes);
  const isOurs =
    bytes.length > checkBytes &&
    bytes.toString('base64url') === token &&
    bytes.readUInt32BE() === crc32(key);
  if (isOurs) return key.toString();
  throw ossError('InvalidContinuationToken', {
    ArgumentName: 'continuation-token',
    ArgumentValue: token.slice(0, 200),
  });
}
