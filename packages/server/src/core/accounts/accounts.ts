// What belongs to an account as a whole and not to one of its buckets. Block Public Access: while it is on,
// public ACLs of all its buckets count as absent, whatever the buckets say (operations reference T1-75).
import type { CoreContext } from '../context/context.ts';
import {
  type AccountDocumentName,
  type AccountDocuments,
  putAccountDocument,
  readAccountDocument,
} from '../documents/account-documents.ts';

export class Accounts {
  readonly #core: CoreContext;

  constructor(core: CoreContext) {
    this.#core = core;
  }

  /** undefined where there is no such document. */
  get<Name extends AccountDocumentName>(
    ownerId: string,
    name: Name,
  ): Promise<AccountDocuments[Name] | undefined> {
    return readAccountDocument(this.#core, ownerId, name);
  }

  put<Name extends AccountDocumentName>(
    ownerId: string,
    name: Name,
    value: AccountDocuments[Name],
  ): Promise<void> {
    return putAccountDocument(this.#core, ownerId, name, value);
  }
}
