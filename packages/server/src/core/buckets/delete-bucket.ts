// DeleteBucket: one commit that is refused when anything is left in the bucket. Whoever changes a document
// changes the guard with it, so the documents that were listed are those that go.
import { noSuchBucket, ossError } from '@osskeep/protocol';
import type { CoreContext } from '../context/context.ts';
import { bucketDocumentIn } from '../documents/bucket-documents.ts';
import { garbageKey, garbageRandomBytes } from '../keys/body-keys.ts';
import {
  bucketDocumentKey,
  bucketGuardKey,
  bucketOfOwnerKey,
  bucketRange,
  domainKey,
} from '../keys/configuration-keys.ts';
import { tag } from '../keys/tags.ts';
import type { Range, View } from '../ports/metadata.ts';
import { readRow } from '../ports/read-rows.ts';
import { decodeBucketGuard } from '../records/bucket-guard.ts';
import { encodeGarbage } from '../records/garbage.ts';
import type { Bucket } from './bucket.ts';

const contents = [tag.object, tag.marker, tag.version, tag.upload] as const;
const documentsMax = 1000;

export async function deleteBucket(core: CoreContext, bucket: Bucket): Promise<void> {
  const { name } = bucket;
  await core.transactor.run(`bucket ${name}`, async () => {
    const guardKey = bucketGuardKey(name);
    const row = await readRow(core.metadata, guardKey);
    if (row == null) throw noSuchBucket(name);
    const guard = decodeBucketGuard(row.value);
    const id = guard.bucketId;
    // Another bucket took the name since the caller's right to delete was checked.
    if (!id.equals(bucket.id)) throw noSuchBucket(name);
    const empty = contents.map((letter) => bucketRange(letter, id));
    const documents: Range = { ...bucketRange(tag.bucketDocument, id), limit: documentsMax };
    const view = await core.metadata.read({
      ranges: [...empty.map((range) => ({ ...range, limit: 1 })), documents],
    });
    refuseContents(name, view);
    const rows = view.ranges.at(-1) ?? [];
    const cname = rows.find(({ key }) => key.equals(bucketDocumentKey(id, 'cname')));
    const domains = bucketDocumentIn('cname', cname)?.domains ?? [];
    const key = garbageKey(core.clock.now(), core.random.bytes(garbageRandomBytes));
    const value = encodeGarbage({ kind: 'bucket', isDead: false, bucketId: id });
    return {
      commit: {
        check: [{ key: guardKey, stamp: row.stamp }],
        // A write that slips in before this commit makes it conflict; the next plan sees it.
        empty,
        set: [{ key, value }],
        del: [
          guardKey,
          bucketOfOwnerKey(guard.owner.id, name),
          ...rows.map((document) => document.key),
          ...domains.map(domainKey),
        ],
      },
      answer: () => undefined,
    };
  });
}

function refuseContents(name: string, view: View): void {
  const details = { BucketName: name };
  const [objects, markers, versions, uploads] = view.ranges.map((rows) => rows.length > 0);
  if (objects || markers || versions) throw ossError('BucketNotEmpty', details);
  if (uploads) throw ossError('BucketHasUploads', details);
}
