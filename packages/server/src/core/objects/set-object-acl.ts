// PutObjectAcl: rewrites the ACL in the version's row; Last-Modified and everything else stay.
import type { Bucket } from '../buckets/bucket.ts';
import type { CoreContext } from '../context/context.ts';
import { refusePublicAcl } from '../documents/public-acl.ts';
import type { ObjectAcl } from '../records/model.ts';
import { withAcl } from '../records/version-row.ts';
import { findObjectVersion } from '../versions/find-version.ts';
import { readKeyState } from '../versions/key-state.ts';
import { objectKeyBytes } from '../versions/object-key.ts';
import { VersionChange } from '../versions/version-change.ts';
import { versionIdOf } from '../versions/version-id.ts';
import { entityOf } from './put-object.ts';

export async function setObjectAcl(
  core: CoreContext,
  bucket: Bucket,
  key: string,
  acl: ObjectAcl,
  versionId: string | undefined,
): Promise<{ versionId?: string | undefined }> {
  refusePublicAcl(bucket.blockPublicAccess, acl);
  const bytes = objectKeyBytes(key);
  return core.transactor.run(entityOf(bucket, key), async () => {
    const state = await readKeyState(core, bucket, bytes);
    const { version } = await findObjectVersion(core, bucket, key, versionId, 'PUT');
    const { row, head } = version;
    const change = new VersionChange(core, bucket, bytes, state);
    change.check(version);
    change.set({ key: row.key, value: withAcl(row.value, acl) });
    const answer = state.versioning === 'never' ? {} : { versionId: versionIdOf(head) };
    return { commit: change.commit(), answer: () => answer };
  });
}
