// Versioning stands in the guard: uploads that began under the old state are planned anew.
import type { CoreContext } from '../context/context.ts';
import { withVersioning } from '../records/bucket-guard.ts';
import type { Versioning } from '../records/model.ts';
import type { Bucket } from './bucket.ts';
import { currentBucket } from './change-document.ts';

export async function setVersioning(
  core: CoreContext,
  bucket: Bucket,
  versioning: Exclude<Versioning, 'never'>,
): Promise<void> {
  await core.transactor.run(`bucket ${bucket.name}`, async () => {
    const { bucket: now, guard } = await currentBucket(core, bucket);
    if (now.versioning === versioning) return { answer: undefined };
    const { key, stamp, value } = guard;
    return {
      commit: {
        check: [{ key, stamp }],
        set: [{ key, value: withVersioning(value, versioning) }],
      },
      answer: () => undefined,
    };
  });
}
