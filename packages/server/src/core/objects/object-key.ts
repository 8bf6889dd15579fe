// Object keys as bytes. What the metadata keys rely on (no NUL, well-formed UTF-8, 1 to 1,023
// bytes) is checked here, whoever calls. Rules: errors reference §2, design choice 13.
import { ossError } from '@osskeep/protocol';

const keyBytesMax = 1023;

export function objectKeyBytes(key: string): Buffer {
  if (key.length === 0) throw ossError('ObjectNameEmpty', { ObjectName: key });
  if (!key.isWellFormed()) throw ossError('NotUtf8');
  const bytes = Buffer.from(key);
  if (bytes.length > keyBytesMax) throw ossError('ObjectNameTooLong', { ObjectName: key });
  const isForbidden = bytes[0] === 0x2f || bytes[0] === 0x5c || bytes.includes(0);
  if (isForbidden) throw ossError('InvalidObjectName', { ObjectName: key });
  return bytes;
}
