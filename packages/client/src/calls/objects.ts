// Objects: storing, reading, describing and deleting one.
import {
  type DeleteObjectInput,
  type DeleteObjectOutput,
  deleteObject,
  encodeRequest,
  type GetObjectInput,
  type GetObjectMetaInput,
  type GetObjectMetaOutput,
  type GetObjectOutput,
  getObject,
  getObjectMeta,
  type HeadObjectInput,
  headObject,
  type ObjectHeaders,
  type PutObjectInput,
  type PutObjectOutput,
  putObject,
} from '@osskeep/protocol';
import { prepareBody, type UploadBody } from '../bodies/body.ts';
import { DownloadBody } from '../bodies/download.ts';
import { Caller } from '../calling/caller.ts';
import { decodeAnswer } from '../calling/decode-answer.ts';
import { TransportError } from '../errors/errors.ts';
import { type CallOptions, splitOptions } from '../requests/call-options.ts';
import { platformFetch } from '../requests/fetch.ts';
import type { Answer } from '../sending/sender.ts';

export type PutObjectOptions = CallOptions & Partial<Omit<PutObjectInput, 'body'>>;
export type GotObject = Omit<GetObjectOutput, 'body'> & { readonly body: DownloadBody };

export class ObjectCalls extends Caller {
  /** Stores an object whole. Streams are sent as they come; give `contentLength` where it is known. */
  async putObject(
    key: string,
    body: UploadBody,
    given: PutObjectOptions = {},
  ): Promise<PutObjectOutput> {
    const { options, input } = splitOptions(given);
    const prepared = prepareBody(body, input.contentLength);
    const message = encodeRequest(putObject, {
      metadata: {},
      ...input,
      contentType: input.contentType ?? prepared.contentType,
      body: new Uint8Array(0),
    });
    const outgoing = { target: { key }, message, body: prepared, options };
    const answer = await this.exchange(putObject, { ...outgoing, answer: 'document' });
    return decodeAnswer(putObject, answer);
  }

  /** Reads an object, or a range of it. The connection is in use until `body` is read or cancelled. */
  async getObject(key: string, given: CallOptions & GetObjectInput = {}): Promise<GotObject> {
    const { options, input } = splitOptions(given);
    const message = encodeRequest(getObject, input);
    const outgoing = { target: { key }, message, body: prepareBody(undefined), options };
    const answer = await this.exchange(getObject, { ...outgoing, answer: 'stream' });
    const { isRaw } = options.fetch ?? this.fetch ?? platformFetch;
    const isRange = message.headers.has('range');
    return download(answer, { isRaw, isRange, checksIntegrity: this.checksIntegrity });
  }

  headObject(key: string, given: CallOptions & HeadObjectInput = {}): Promise<ObjectHeaders> {
    const { options, input } = splitOptions(given);
    return this.call(headObject, { key }, input, options);
  }

  getObjectMeta(
    key: string,
    given: CallOptions & GetObjectMetaInput = {},
  ): Promise<GetObjectMetaOutput> {
    const { options, input } = splitOptions(given);
    return this.call(getObjectMeta, { key }, input, options);
  }

  deleteObject(
    key: string,
    given: CallOptions & DeleteObjectInput = {},
  ): Promise<DeleteObjectOutput> {
    const { options, input } = splitOptions(given);
    return this.call(deleteObject, { key }, input, options);
  }
}

interface Asked {
  /** The transport hands bytes over as they are stored. */
  readonly isRaw: true | undefined;
  readonly isRange: boolean;
  readonly checksIntegrity: boolean;
}

function download(answer: Answer, { isRaw, isRange, checksIntegrity }: Asked): GotObject {
  const { message, stream, deadline } = answer;
  try {
    const { body: _, ...head } = decodeAnswer(getObject, answer);
    if (message.status === 206 && !isRange) {
      const text = 'The answer is a part of the object, and the whole was asked for.';
      throw new TransportError(text, { problem: 'broken-answer' });
    }
    // A length and a sum of the stored bytes say nothing of bytes that fetch has decompressed.
    const encoding = head.contentEncoding?.toLowerCase() ?? 'identity';
    const isStored = isRaw === true || encoding === 'identity';
    const isWhole = message.status === 200 && checksIntegrity;
    const expected = {
      length: isStored ? head.contentLength : undefined,
      crc64: isStored && isWhole ? head.crc64 : undefined,
    };
    return { ...head, body: new DownloadBody(stream, expected, deadline) };
  } catch (error) {
    deadline.abandon();
    throw error;
  }
}
