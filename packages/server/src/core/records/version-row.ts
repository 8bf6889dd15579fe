// The row of one version (O, M, V): a fixed head that listings read without decoding what follows,
// the body descriptor, then a tail with headers and user metadata.
import { readU64, writeU64 } from '../keys/bytes.ts';
import { type Body, bodyLength, readBody, writeBody } from './body.ts';
import { checkFormat } from './format.ts';
import {
  type ObjectAcl,
  objectAcls,
  type StorageClass,
  storageClasses,
  type VersionKind,
  versionKinds,
  wordAt,
} from './model.ts';
import { flatPairs, packTail, pairsOf, unpackTail } from './tail.ts';

export interface VersionHead {
  readonly kind: VersionKind;
  /** The ETag is the MD5 of the content. */
  readonly etagIsMd5: boolean;
  /** Place in the key's history, from 1; no clock takes part in it. */
  readonly seq: number;
  /** In a head: the seq of the key's `null` version, 0 when it has none. Without meaning in V. */
  readonly nullSeq: number;
  readonly mtimeMs: number;
  readonly size: number;
  readonly crc64: bigint;
  /** 16 bytes. */
  readonly etag: Buffer;
  /** The `-N` of a multipart ETag, else 0. */
  readonly partCount: number;
  readonly storageClass: StorageClass;
  readonly acl: ObjectAcl;
  /** 37 bytes; all zero in the `null` version and nowhere else. */
  readonly random: Buffer;
}

export interface VersionTail {
  readonly headers: ReadonlyMap<string, string>;
  readonly metadata: ReadonlyMap<string, string>;
}

export const versionRandomBytes = 37;
export const nullRandom: Buffer = Buffer.alloc(versionRandomBytes);
export const emptyTail: VersionTail = { headers: new Map(), metadata: new Map() };

const format = 1;
const at = {
  kind: 1,
  flags: 2,
  seq: 3,
  nullSeq: 11,
  mtime: 19,
  size: 27,
  crc64: 35,
  etag: 43,
  parts: 59,
  storageClass: 61,
  acl: 62,
  random: 63,
  body: 63 + versionRandomBytes,
} as const;
const flagEtagIsMd5 = 1;

export function encodeVersion(head: VersionHead, body: Body, tail: VersionTail): Buffer {
  const fields: [string, unknown][] = [];
  if (tail.headers.size > 0) fields.push(['h', flatPairs(tail.headers)]);
  if (tail.metadata.size > 0) fields.push(['m', flatPairs(tail.metadata)]);
  const packed = fields.length === 0 ? undefined : packTail(new Map(fields));
  const fixed = at.body + bodyLength(body);
  const value = Buffer.alloc(fixed + (packed?.length ?? 0));
  value[0] = format;
  value[at.kind] = versionKinds.indexOf(head.kind);
  value[at.flags] = head.etagIsMd5 ? flagEtagIsMd5 : 0;
  writeU64(value, head.seq, at.seq);
  writeU64(value, head.nullSeq, at.nullSeq);
  writeU64(value, head.mtimeMs, at.mtime);
  writeU64(value, head.size, at.size);
  value.writeBigUInt64BE(head.crc64, at.crc64);
  value.set(head.etag, at.etag);
  value.writeUInt16BE(head.partCount, at.parts);
  value[at.storageClass] = storageClasses.indexOf(head.storageClass);
  value[at.acl] = objectAcls.indexOf(head.acl);
  value.set(head.random, at.random);
  writeBody(value, body, at.body);
  if (packed !== undefined) value.set(packed, fixed);
  return value;
}

/** The fixed head only; costs the same however long the tail is. */
export function decodeVersionHead(value: Buffer): VersionHead {
  checkFormat('object version', value, format, at.body + 1);
  const kind = wordAt(versionKinds, value.readUInt8(at.kind));
  if (kind === 'none') throw new RangeError('a stored version has no kind');
  return {
    kind,
    etagIsMd5: (value.readUInt8(at.flags) & flagEtagIsMd5) !== 0,
    seq: readU64(value, at.seq),
    nullSeq: readU64(value, at.nullSeq),
    mtimeMs: readU64(value, at.mtime),
    size: readU64(value, at.size),
    crc64: value.readBigUInt64BE(at.crc64),
    etag: Buffer.from(value.subarray(at.etag, at.etag + 16)),
    partCount: value.readUInt16BE(at.parts),
    storageClass: wordAt(storageClasses, value.readUInt8(at.storageClass)),
    acl: wordAt(objectAcls, value.readUInt8(at.acl)),
    random: Buffer.from(value.subarray(at.random, at.random + versionRandomBytes)),
  };
}

export function decodeVersionBody(value: Buffer): Body {
  checkFormat('object version', value, format, at.body + 1);
  return readBody(value, at.body).body;
}

export function decodeVersionTail(value: Buffer): VersionTail {
  checkFormat('object version', value, format, at.body + 1);
  const bytes = value.subarray(readBody(value, at.body).end);
  if (bytes.length === 0) return emptyTail;
  const tail = unpackTail(bytes);
  return { headers: pairsOf(tail.get('h')), metadata: pairsOf(tail.get('m')) };
}

/** The same row as a head that knows this `null` version; body and tail stay as they are. */
export function withNullSeq(value: Buffer, nullSeq: number): Buffer {
  const changed = Buffer.from(value);
  writeU64(changed, nullSeq, at.nullSeq);
  return changed;
}

/** The same row under another ACL. */
export function withAcl(value: Buffer, acl: ObjectAcl): Buffer {
  const changed = Buffer.from(value);
  changed[at.acl] = objectAcls.indexOf(acl);
  return changed;
}

export function isNullVersion(head: VersionHead): boolean {
  return head.random.equals(nullRandom);
}
