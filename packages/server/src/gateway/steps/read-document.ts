// Reads a small request document whole, under its operation's cap, and checks Content-MD5.
import { createHash } from 'node:crypto';
import { decodeContentMd5, ossError } from '@osskeep/protocol';
import type { RequestBody } from '../http/request-body.ts';

export async function readDocument(
  body: RequestBody,
  headers: ReadonlyMap<string, string>,
  bytesMax: number,
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
