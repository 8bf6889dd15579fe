// What takes a blob out of question: a row whose body holds it.
import { blobName } from '../../ports/blob-id.ts';
import type { Body } from '../../records/body.ts';

/** `candidates`: names of blobs in question. */
export function dropNamed(body: Body, candidates: Set<string>): void {
  if (body.kind !== 'single' || body.extent.storage !== 'blob') return;
  candidates.delete(blobName(body.extent.id));
}
