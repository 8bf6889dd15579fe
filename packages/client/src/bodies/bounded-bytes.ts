// Reads an answer that must be small: a hostile or broken server does not decide how much memory a
// client needs (security checklist 47).

import type { Deadline } from '../time/deadline.ts';
import { streamChunks } from './body.ts';

/** undefined when there is more than `bytesMax`; the rest is left unread. */
export async function boundedBytes(
  stream: ReadableStream<Uint8Array> | null,
  bytesMax: number,
  deadline: Deadline,
): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  deadline.wait();
  try {
    if (stream !== null) {
      for await (const chunk of streamChunks(stream)) {
        deadline.wait();
        chunks.push(chunk);
        length += chunk.length;
        if (length > bytesMax) return undefined;
      }
    }
  } finally {
    deadline.pause();
  }
  return joinChunks(chunks, length);
}

/** `length` is that of all chunks together. */
export function joinChunks(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const [first] = chunks;
  if (first !== undefined && chunks.length === 1) return first;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
