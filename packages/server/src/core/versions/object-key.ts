// Object keys as bytes. What metadata keys rely on (no NUL, well-formed UTF-8, 1 to 1,023 bytes) is
// checked here too, whoever calls.
import { checkObjectKey } from '@osskeep/protocol';

export function objectKeyBytes(key: string): Buffer {
  checkObjectKey(key);
  return Buffer.from(key);
}
