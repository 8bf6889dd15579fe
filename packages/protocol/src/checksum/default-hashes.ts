// Chooses the fastest hashes the runtime has.
import type { Hashes } from './hashes.ts';
import { nobleHashes } from './noble-hashes.ts';
import { nodeHashes } from './node-hashes.ts';

export function defaultHashes(): Hashes {
  return nodeHashes() ?? nobleHashes;
}
