// Keys of the configuration: bucket guards (N), buckets of an owner (W), bucket
// documents (C), documents of an account (A), credentials (K) and bound domains (H).
import { prefixEnd, tagged } from './bytes.ts';
import { tag } from './tags.ts';

/** 8 random bytes that stand for one life of one bucket name. */
export type BucketId = Buffer;

export const bucketIdBytes = 8;

const nul = Buffer.alloc(1);

export function bucketGuardKey(name: string): Buffer {
  return tagged(tag.bucketGuard, Buffer.from(name));
}

export function bucketOfOwnerKey(ownerId: string, name: string): Buffer {
  return tagged(tag.bucketOfOwner, Buffer.from(ownerId), nul, Buffer.from(name));
}

export function bucketOfOwnerName(key: Buffer): string {
  return key.toString('utf8', key.indexOf(0, 1) + 1);
}

export function bucketDocumentKey(bucketId: BucketId, document: string): Buffer {
  return tagged(tag.bucketDocument, bucketId, Buffer.from(document));
}

/** Everything of a bucket in the keyspaces that start with its id. */
export function bucketRange(tagByte: number, bucketId: BucketId): { from: Buffer; to: Buffer } {
  const from = tagged(tagByte, bucketId);
  return { from, to: prefixEnd(from) };
}

export function accountDocumentKey(ownerId: string, document: string): Buffer {
  return tagged(tag.accountDocument, Buffer.from(ownerId), nul, Buffer.from(document));
}

/** Its stamp says whether any document of the account changed. */
export function accountGuardKey(ownerId: string): Buffer {
  return accountDocumentKey(ownerId, '');
}

/** `domain` in lower case. */
export function domainKey(domain: string): Buffer {
  return tagged(tag.domain, Buffer.from(domain));
}

export function credentialKey(accessKeyId: string): Buffer {
  return tagged(tag.credential, Buffer.from(accessKeyId));
}

export const credentialRange: { readonly from: Buffer; readonly to: Buffer } = {
  from: tagged(tag.credential),
  to: prefixEnd(tagged(tag.credential)),
};
