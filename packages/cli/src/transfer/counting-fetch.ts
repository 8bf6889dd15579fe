// Counts the bytes of an upload as they leave, whoever reads the file.
import type { Fetch, FetchInit } from '@osskeep/client';

function counted(
  stream: ReadableStream<Uint8Array>,
  count: (bytes: number) => void,
): ReadableStream<Uint8Array> {
  const reader = stream.getReader();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await reader.read();
        if (done) return controller.close();
        count(value.length);
        controller.enqueue(value);
      },
      cancel: (reason) => reader.cancel(reason),
    },
    // Nothing is read ahead: the client tells by what was read whether it may try again.
    { highWaterMark: 0 },
  );
}

/** For one call: an attempt that begins again takes back what the one before had counted. */
export function countingFetch(fetch: Fetch, count: (bytes: number) => void): Fetch {
  let sent = 0;
  const add = (bytes: number): void => {
    sent += bytes;
    count(bytes);
  };
  const send = async (url: string, init: FetchInit): Promise<Response> => {
    add(-sent);
    const { body } = init;
    if (body instanceof ReadableStream) return fetch(url, { ...init, body: counted(body, add) });
    const response = await fetch(url, init);
    if (body instanceof Uint8Array) add(body.length);
    return response;
  };
  return Object.assign(send, fetch.isRaw === true ? { isRaw: true as const } : {});
}
