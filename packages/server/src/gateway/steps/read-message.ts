// Takes in the request's body as its operation wants it: a small document whole, under its cap and with its
// Content-MD5 checked; an object as a stream. A client that waits is told to send here, when everything else
// is already known to be good.
import { createHash } from 'node:crypto';
import { type Body, decodeContentMd5, ossError } from '@osskeep/protocol';
import type { RequestBody } from '../http/wire.ts';
import type { Head } from '../request/head.ts';
import type { Step } from './step.ts';

export const readMessage: Step<Body | undefined> = {
  ask: ({ exchange, handler, head }) => {
    const { requestBody, documentBytesMax } = handler.operation;
    if (requestBody === 'none') return undefined;
    if (requestBody === 'document') {
      return readDocument(exchange.body, head.headers, documentBytesMax);
    }
    requireLength(head);
    return exchange.body;
  },
  run: (work, body) => {
    const { query, headers } = work.head;
    work.message = { status: 0, query, headers, body };
  },
};

const documentBytesMaxDefault = 1024 * 1024;

/** A body of unknown length must at least be framed by chunks. */
function requireLength({ headers }: Head): void {
  if (headers.has('content-length') || headers.has('transfer-encoding')) return;
  throw ossError('MissingContentLength');
}

async function readDocument(
  body: RequestBody,
  headers: ReadonlyMap<string, string>,
  bytesMax: number = documentBytesMaxDefault,
): Promise<Uint8Array> {
  const tooLarge = (): Error =>
    ossError(
      'MalformedXML',
      { ErrorDetail: `The document is larger than ${bytesMax} bytes.` },
      { closeConnection: true },
    );
  if (Number(headers.get('content-length') ?? 0) > bytesMax) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length > bytesMax) throw tooLarge();
    chunks.push(chunk);
  }
  const document = Buffer.concat(chunks);
  const md5 = headers.get('content-md5');
  if (md5 !== undefined && md5 !== '') {
    const expected = decodeContentMd5(md5);
    const calculated = createHash('md5').update(document).digest();
    if (!calculated.equals(expected)) {
      throw ossError('InvalidDigest', {
        ExpectedDigest: md5,
        CalculatedDigest: calculated.toString('base64'),
      });
    }
  }
  return document;
}
