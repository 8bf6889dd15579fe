// What the V4 key signs (signing reference §1.7).
import type { Hashes } from '../../checksum/hashes.ts';
import { v4Algorithm } from '../elements/names.ts';
import { formatScope, type Scope } from '../elements/scope.ts';

export function stringToSignV4(
  timestamp: string,
  scope: Scope,
  canonicalRequest: string,
  hashes: Hashes,
): string {
  const hash = hashes.sha256Hex(canonicalRequest);
  return `${v4Algorithm}\n${timestamp}\n${formatScope(scope)}\n${hash}`;
}
