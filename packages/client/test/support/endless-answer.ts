// A server's answer that goes on for as long as the client takes it.
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';

/** Writes the chunk again and again until the client is gone; `beforeEach` says whether there is to be another. */
export async function sendWhileOpen(
  response: ServerResponse,
  chunk: Buffer,
  beforeEach: () => boolean,
): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  while (!gone.signal.aborted && beforeEach()) {
    if (response.write(chunk)) continue;
    await once(response, 'drain', { signal: gone.signal }).catch(() => undefined);
  }
}
