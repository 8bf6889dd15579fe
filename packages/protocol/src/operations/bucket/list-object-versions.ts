// GET /bucket?versions (operations reference T0-14, §3.7, §3.8, §4.2).
import { invalidArgumentCase } from '../../errors/refuse.ts';
import type { Operation } from '../definition/operation.ts';
import {
  archiveFacts,
  type CommonPrefix,
  commonPrefix,
  type EncodingType,
  encodingType,
  keyPart,
  type ObjectSummary,
  storedFacts,
} from '../documents/listing.ts';
import { type OwnerInfo, owner } from '../documents/owner.ts';
import { checked, fields, queryOrEmpty } from '../fields/fields.ts';
import type { Form } from '../forms/form.ts';
import { booleanText, integer, isoDate, text, versionIdOr } from '../forms/forms.ts';
import {
  document,
  keyText,
  many,
  maybe,
  maybeEmpty,
  mixed,
  object,
  one,
  orEmpty,
  type Shape,
  value,
} from '../shapes/shape.ts';

export interface ListObjectVersionsInput {
  prefix?: string | undefined;
  /** Keys that hold it after the prefix are rolled up into one common prefix. */
  delimiter?: string | undefined;
  /** Only keys after it; with a version id also the older versions of this very key. */
  keyMarker?: string | undefined;
  /** Only with a key marker. */
  versionIdMarker?: string | undefined;
  /** 0 to 1,000; 100 when absent. Counts versions, delete markers and common prefixes. */
  maxKeys?: number | undefined;
  encodingType?: EncodingType | undefined;
}

/** A version of an object that has bytes. */
export interface ObjectVersion extends ObjectSummary {
  kind: 'Version';
  /** `null` for what was stored while versioning was off. */
  versionId: string;
  /** The version that a request without a versionId means. */
  isLatest: boolean;
  owner: OwnerInfo;
}

/** A version that says the object was deleted. */
export interface DeleteMarker {
  kind: 'DeleteMarker';
  key: string;
  versionId: string;
  /** True: a request without a versionId finds no object. */
  isLatest: boolean;
  /** ms since the epoch, whole seconds. */
  lastModified: number;
  owner: OwnerInfo;
}

export type VersionEntry = ObjectVersion | DeleteMarker;

export interface ListObjectVersionsOutput {
  name: string;
  prefix?: string | undefined;
  keyMarker?: string | undefined;
  versionIdMarker?: string | undefined;
  /** Where the next page begins; only when truncated. */
  nextKeyMarker?: string | undefined;
  /** Belongs to `nextKeyMarker`; absent when that is a common prefix. */
  nextVersionIdMarker?: string | undefined;
  maxKeys: number;
  delimiter?: string | undefined;
  encodingType?: EncodingType | undefined;
  isTruncated: boolean;
  /** Versions and delete markers as they follow each other: by key, the newest of a key first. */
  entries: readonly VersionEntry[];
  commonPrefixes: readonly CommonPrefix[];
}

/** OSS refuses 0 for objects' neighbours, but takes it here: an empty page. */
const maxKeysOfVersions: Form<number> = integer(0, 1000, 'MaxKeysOfVersions');

const version: Shape<Omit<ObjectVersion, 'kind'>> = object<Omit<ObjectVersion, 'kind'>>({
  key: one('Key', keyText),
  versionId: one('VersionId', value(text)),
  isLatest: one('IsLatest', value(booleanText())),
  ...storedFacts,
  owner: one('Owner', owner),
  ...archiveFacts,
});

const deleteMarker: Shape<Omit<DeleteMarker, 'kind'>> = object<Omit<DeleteMarker, 'kind'>>({
  key: one('Key', keyText),
  versionId: one('VersionId', value(text)),
  isLatest: one('IsLatest', value(booleanText())),
  lastModified: one('LastModified', value(isoDate)),
  owner: one('Owner', owner),
});

function checkMarkers({ keyMarker, versionIdMarker }: ListObjectVersionsInput): void {
  if (versionIdMarker === undefined || keyMarker !== undefined) return;
  const message = 'A version-id-marker needs the key-marker that it belongs to.';
  throw invalidArgumentCase('InvalidVersionIdMarker', 'version-id-marker', versionIdMarker, {
    message,
  });
}

/** Lists all versions of the objects of a bucket, delete markers among them. */
export const listObjectVersions: Operation<
  'ListObjectVersions',
  ListObjectVersionsInput,
  ListObjectVersionsOutput
> = {
  name: 'ListObjectVersions',
  route: { method: 'GET', on: 'bucket', query: { versions: true } },
  success: 200,
  requestBody: 'none',
  request: checked(
    fields<ListObjectVersionsInput>({
      prefix: queryOrEmpty('prefix', keyPart),
      delimiter: queryOrEmpty('delimiter', keyPart),
      keyMarker: queryOrEmpty('key-marker', keyPart),
      versionIdMarker: queryOrEmpty('version-id-marker', versionIdOr('InvalidVersionIdMarker')),
      maxKeys: queryOrEmpty('max-keys', maxKeysOfVersions),
      encodingType: queryOrEmpty('encoding-type', encodingType),
    }),
    checkMarkers,
  ),
  response: document<ListObjectVersionsOutput>(
    'ListVersionsResult',
    object<ListObjectVersionsOutput>({
      name: one('Name', value(text)),
      prefix: orEmpty('Prefix', keyText),
      keyMarker: orEmpty('KeyMarker', keyText),
      versionIdMarker: orEmpty('VersionIdMarker', value(text)),
      nextKeyMarker: maybeEmpty('NextKeyMarker', keyText),
      nextVersionIdMarker: maybeEmpty('NextVersionIdMarker', value(text)),
      maxKeys: one('MaxKeys', value(integer(0, 1000))),
      delimiter: orEmpty('Delimiter', keyText),
      encodingType: maybe('EncodingType', value(encodingType)),
      isTruncated: one('IsTruncated', value(booleanText())),
      entries: mixed<VersionEntry>({ Version: version, DeleteMarker: deleteMarker }),
      commonPrefixes: many('CommonPrefixes', commonPrefix),
    }),
    (output) => output.encodingType === 'url',
  ),
};
