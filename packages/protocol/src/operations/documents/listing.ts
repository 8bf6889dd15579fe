// What the listings of objects and of versions share.

import type { Form } from '../forms/form.ts';
import { boundedText, etag, integer, isoDate, oneOf, text } from '../forms/forms.ts';
import {
  type ObjectTypeWord,
  objectType,
  type StorageClassWord,
  storageClass,
} from '../forms/words.ts';
import { type Children, keyText, maybe, object, one, type Shape, value } from '../shapes/shape.ts';
import { type OwnerInfo, owner } from './owner.ts';

export const encodingTypes = ['url'] as const;
export type EncodingType = (typeof encodingTypes)[number];
export const encodingType: Form<EncodingType> = oneOf(encodingTypes);

/** Longest prefix, marker, delimiter or start, bytes. */
export const keyPart: Form<string> = boundedText(1023);
/** OSS refuses 0 for objects' neighbours, but takes it here: an empty page. */
export const maxKeys: Form<number> = integer(0, 1000, 'MaxKeysOfObjects');
export const maxKeysDefault = 100;

export interface ObjectSummary {
  key: string;
  /** ms since the epoch, whole seconds. */
  lastModified: number;
  /** Without quotes. */
  etag: string;
  type: ObjectTypeWord;
  /** Bytes. */
  size: number;
  storageClass: StorageClassWord;
  owner?: OwnerInfo | undefined;
  /** State of a restore, as `x-oss-restore` has it; archived objects only. */
  restoreInfo?: string | undefined;
  /** ms since the epoch: when a lifecycle rule moved it to its storage class. */
  transitionTime?: number | undefined;
}

/** What stands between the names and the owner of an object, in every listing. */
export const storedFacts: Children<
  Pick<ObjectSummary, 'lastModified' | 'etag' | 'type' | 'size' | 'storageClass'>
> = {
  lastModified: one('LastModified', value(isoDate)),
  etag: one('ETag', value(etag)),
  type: one('Type', value(objectType)),
  size: one('Size', value(integer(0, Number.MAX_SAFE_INTEGER))),
  storageClass: one('StorageClass', value(storageClass)),
};

/** What stands behind the owner. */
export const archiveFacts: Children<Pick<ObjectSummary, 'restoreInfo' | 'transitionTime'>> = {
  restoreInfo: maybe('RestoreInfo', value(text)),
  transitionTime: maybe('TransitionTime', value(isoDate)),
};

export const objectSummary: Shape<ObjectSummary> = object<ObjectSummary>({
  key: one('Key', keyText),
  ...storedFacts,
  owner: maybe('Owner', owner),
  ...archiveFacts,
});

export interface CommonPrefix {
  prefix: string;
}

export const commonPrefix: Shape<CommonPrefix> = object<CommonPrefix>({
  prefix: one('Prefix', keyText),
});
