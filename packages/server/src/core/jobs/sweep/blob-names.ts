// Blobs in question, by name, and what takes them out of it: a row whose body holds them.
import type { Body } from '../../records/body.ts';

/** Of ids: Buffers are no keys of a Set. */
export function blobName(id: Buffer): string {
  return id.toString('latin1');
}

export function blobIdOf(name: string): Buffer {
  return Buffer.from(name, 'latin1');
}

export function dropNamed(body: Body, candidates: Set<string>): void {
  if (body.kind !== 'single' || body.extent.storage !== 'blob') return;
  candidates.delete(blobName(body.extent.id));
}
