// PutObject: the body first, then one commit that makes it the latest version of its key, the old
// body last (durability reference §3.1). Only the commit is ever repeated.
import { ossError } from '@osskeep/protocol';
import { type BodyInput, BodyIntake, type TakenBody } from '../bodies/body-intake.ts';
import type { Bucket } from '../buckets/bucket.ts';
import type { CoreContext } from '../context/context.ts';
import { refusePublicAcl } from '../documents/public-acl.ts';
import type { ObjectAcl, StorageClass } from '../records/model.ts';
import { encodeVersion, type VersionHead } from '../records/version-row.ts';
import { etagText } from '../versions/etag.ts';
import { type KeyState, readKeyState } from '../versions/key-state.ts';
import { objectKeyBytes } from '../versions/object-key.ts';
import { planNewVersion } from '../versions/plan-new-version.ts';
import { versionIdOf } from '../versions/version-id.ts';

export type Pairs = ReadonlyMap<string, string> | Readonly<Record<string, string>>;

export interface PutObject extends BodyInput {
  /** System headers to be echoed: Content-Type, Cache-Control and their like. */
  readonly headers?: Pairs | undefined;
  /** User metadata, names without `x-oss-meta-`. */
  readonly metadata?: Pairs | undefined;
  readonly acl?: ObjectAcl | undefined;
  /** The bucket's when absent. */
  readonly storageClass?: StorageClass | undefined;
  /** Refused when the key exists; without meaning once the bucket has known versioning. */
  readonly forbidOverwrite?: boolean | undefined;
}

export interface PutResult {
  /** 32 upper-case hexadecimal digits. */
  readonly etag: string;
  readonly md5: Buffer;
  readonly crc64: bigint;
  readonly size: number;
  /** Absent in a bucket that never had versioning. */
  readonly versionId?: string | undefined;
  readonly mtimeMs: number;
}

export async function putObject(
  core: CoreContext,
  bucket: Bucket,
  key: string,
  input: PutObject,
): Promise<PutResult> {
  const keyBytes = objectKeyBytes(key);
  if (input.acl !== undefined) refusePublicAcl(bucket.blockPublicAccess, input.acl);
  const intake = new BodyIntake(core, input);
  // Spares a client the upload that would be refused; the commit decides.
  if (input.forbidOverwrite) refuseOverwrite(await readKeyState(core, bucket, keyBytes), key);
  try {
    const taken = await intake.take();
    const result = await core.transactor.run(entityOf(bucket, key), () =>
      planPut(core, bucket, key, keyBytes, input, taken),
    );
    intake.named();
    return result;
  } catch (failure) {
    await intake.abandon(failure, { bucketId: bucket.id, key: keyBytes });
    throw failure;
  }
}

/** All writes of one key wait for each other. */
export function entityOf(bucket: Bucket, key: string): string {
  return `${bucket.id.toString('hex')}/${key}`;
}

async function planPut(
  core: CoreContext,
  bucket: Bucket,
  key: string,
  keyBytes: Buffer,
  input: PutObject,
  taken: TakenBody,
) {
  const state = await readKeyState(core, bucket, keyBytes);
  if (input.forbidOverwrite) refuseOverwrite(state, key);
  const mtimeMs = core.clock.now();
  const tail = { headers: pairsMap(input.headers), metadata: pairsMap(input.metadata) };
  const { change, made } = await planNewVersion(core, bucket, keyBytes, state, (place) => {
    const head: VersionHead = {
      ...place,
      kind: 'Normal',
      etagIsMd5: true,
      mtimeMs,
      size: taken.size,
      crc64: taken.crc64,
      etag: taken.md5,
      partCount: 0,
      storageClass: input.storageClass ?? bucket.storageClass,
      acl: input.acl ?? 'default',
    };
    return { head, value: encodeVersion(head, taken.body, tail) };
  });
  if (taken.row !== undefined) change.set(taken.row);
  const result: PutResult = {
    etag: etagText(made.head),
    md5: taken.md5,
    crc64: taken.crc64,
    size: taken.size,
    mtimeMs,
    ...(state.versioning === 'never' ? {} : { versionId: versionIdOf(made.head) }),
  };
  return { commit: change.commit(), answer: () => result };
}

function refuseOverwrite({ versioning, latest }: KeyState, key: string): void {
  if (versioning === 'never' && latest !== undefined) {
    throw ossError('FileAlreadyExists', { Key: key });
  }
}

function pairsMap(pairs: Pairs | undefined): ReadonlyMap<string, string> {
  if (pairs === undefined) return new Map();
  return pairs instanceof Map ? pairs : new Map(Object.entries(pairs));
}
