// Block Public Access of a whole account: while it is on, public ACLs of all its buckets count as
// absent, whatever the buckets say (operations reference T1-75).

import { newEpoch } from '../context/configuration.ts';
import type { CoreContext } from '../context/context.ts';
import { accountDocumentKey } from '../keys/configuration-keys.ts';
import { readRow } from '../ports/read-rows.ts';
import { decodeBucketDocument, encodeBucketDocument } from '../records/bucket-document.ts';

const document = 'publicAccessBlock';

/** False for an account that never said. */
export async function readAccountBlock(core: CoreContext, ownerId: string): Promise<boolean> {
  const key = accountDocumentKey(ownerId, document);
  const row = await readRow(core.metadata, key);
  return row == null ? false : decodeBucketDocument(document, row.value).enabled;
}

export async function setAccountBlock(
  core: CoreContext,
  ownerId: string,
  enabled: boolean,
): Promise<void> {
  const key = accountDocumentKey(ownerId, document);
  const value = encodeBucketDocument<typeof document>({ enabled });
  await core.transactor.run(`account ${ownerId}`, async () => ({
    commit: { set: [{ key, value }, newEpoch] },
    answer: () => undefined,
  }));
}
