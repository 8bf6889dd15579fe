// A stored version: its row, and what the fixed head of the row says.
import type { Row } from '../ports/metadata.ts';
import { decodeVersionHead, type VersionHead } from '../records/version-row.ts';

export interface Version {
  readonly row: Row;
  readonly head: VersionHead;
}

export function versionOf(row: Row): Version {
  return { row, head: decodeVersionHead(row.value) };
}
