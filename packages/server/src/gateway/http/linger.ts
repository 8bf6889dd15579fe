// Lets a client that is still sending hear its refusal. Closing a socket with unread bytes resets
// the connection, and the reset can overtake the answer; so the answer goes out whole first, and what
// still arrives is thrown away for a moment.
import type { HttpRequest } from './wire.ts';

const lingerMs = 2_000;

/** Resolves when the request ended, its connection closed, or the moment is over. */
export function linger(request: HttpRequest): Promise<void> {
  if (request.complete || request.destroyed) return Promise.resolve();
  // A client that ended its side sends nothing more.
  if (request.socket.readableEnded) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      request.off('end', done);
      request.off('close', done);
      resolve();
    };
    const timer = setTimeout(done, lingerMs);
    request.on('end', done);
    request.on('close', done);
    request.resume();
  });
}
