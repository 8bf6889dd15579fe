// The configuration documents of an account (A): a row for each, and a guard whose stamp says whether any of
// them changed. They count for all buckets of the account.
import type { CoreContext } from '../context/context.ts';
import { accountDocumentKey, accountGuardKey } from '../keys/configuration-keys.ts';
import type { Row } from '../ports/metadata.ts';
import { readRow } from '../ports/read-rows.ts';
import { decodeDocument, encodeDocument } from '../records/document.ts';
import { type Forms, flag } from '../records/document-forms.ts';

export interface AccountDocuments {
  /** Off for an account that never said. */
  readonly publicAccessBlock: { readonly enabled: boolean };
}

export type AccountDocumentName = keyof AccountDocuments;

const accountDocuments: {
  readonly [Name in AccountDocumentName]: Forms<AccountDocuments[Name]>;
} = {
  publicAccessBlock: { enabled: flag },
};

/** Only its stamp has meaning. */
const guardValue = Buffer.of(1);

/** undefined where there is none. */
export function accountDocumentIn<Name extends AccountDocumentName>(
  name: Name,
  row: Row | null | undefined,
): AccountDocuments[Name] | undefined {
  return row == null ? undefined : decodeDocument(name, accountDocuments[name], row.value);
}

export async function readAccountDocument<Name extends AccountDocumentName>(
  core: CoreContext,
  ownerId: string,
  name: Name,
): Promise<AccountDocuments[Name] | undefined> {
  return accountDocumentIn(name, await readRow(core.metadata, accountDocumentKey(ownerId, name)));
}

export async function putAccountDocument<Name extends AccountDocumentName>(
  core: CoreContext,
  ownerId: string,
  name: Name,
  value: AccountDocuments[Name],
): Promise<void> {
  const document = {
    key: accountDocumentKey(ownerId, name),
    value: encodeDocument(accountDocuments[name], value),
  };
  const guard = { key: accountGuardKey(ownerId), value: guardValue };
  await core.transactor.run(`account ${ownerId}`, async () => ({
    commit: { set: [document, guard] },
    answer: () => undefined,
  }));
}
