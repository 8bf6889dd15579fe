// Bucket names: 3 to 63 of a-z, 0-9 and hyphen, a letter or digit at both ends
// (operations reference §3.11).
import { ossError } from '../errors/refuse.ts';

const rule = /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/;

export function isBucketName(name: string): boolean {
  return rule.test(name);
}

/** Throws 400 InvalidBucketName. */
export function checkBucketName(name: string): void {
  if (!isBucketName(name)) throw ossError('InvalidBucketName', { BucketName: name });
}
