// What a bucket may be called: 3 to 63 of a-z, 0-9 and `-`, a letter or digit at both ends.
// Rule: operations reference §3.11.
import { ossError } from '../errors/refuse.ts';

const bucketName = /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/;

/** How much of a name that is none an error repeats. */
const shownCharactersMax = 128;

export function isBucketName(name: string): boolean {
  return bucketName.test(name);
}

/** Throws InvalidBucketName. */
export function checkBucketName(name: string): void {
  if (isBucketName(name)) return;
  throw ossError('InvalidBucketName', { BucketName: name.slice(0, shownCharactersMax) });
}
