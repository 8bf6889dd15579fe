// The client: every operation through one `call`, on the definitions the server decodes with.
import {
  type BucketSummary,
  type CommonPrefix,
  type DeleteObjectInput,
  type DeleteObjectOutput,
  decodeResponse,
  defaultHashes,
  deleteBucket,
  deleteObject,
  encodeRequest,
  type GetBucketInfoOutput,
  type GetBucketLocationOutput,
  type GetObjectInput,
  type GetObjectMetaInput,
  type GetObjectMetaOutput,
  getBucketInfo,
  getBucketLocation,
  getObject,
  getObjectMeta,
  type HeadBucketOutput,
  type HeadObjectInput,
  headBucket,
  headObject,
  type ListBucketsInput,
  type ListBucketsOutput,
  type ListObjectsInput,
  type ListObjectsOutput,
  type ListObjectsV2Input,
  type ListObjectsV2Output,
  listBuckets,
  listObjects,
  listObjectsV2,
  type Message,
  normalizeRegion,
  type ObjectHeaders,
  type ObjectSummary,
  type Operation,
  OssError,
  type PutBucketOutput,
  type PutObjectOutput,
  putBucket,
  putObject,
  SigningKeyCache,
} from '@osskeep/protocol';
import { Addresses, type Target } from './address.ts';
import { prepareBody, type UploadBody } from './body.ts';
import { addExtras, type CallOptions, splitOptions } from './call-options.ts';
import type {
  GotObject,
  OssClientOptions,
  PutBucketOptions,
  PutObjectOptions,
} from './client-options.ts';
import { CorrectedClock } from './clock.ts';
import { CredentialsSource } from './credentials.ts';
import { DownloadBody } from './download.ts';
import { ClientError, TransportError } from './errors.ts';
import { pages } from './pages.ts';
import {
  type PresignMethod,
  type PresignOptions,
  type PresignTools,
  presign,
  type SignedUrl,
} from './presign.ts';
import { type Answer, Sender } from './sender.ts';
import { SettingCalls } from './setting-calls.ts';
import { type Fetch, platformFetch } from './transport.ts';

type Nothing = Record<never, never>;
type Wire<Input, Output> = Operation<string, Input, Output>;
type Answered<Output> = Pick<Wire<never, Output>, 'name' | 'response' | 'success'>;

const timeoutMsDefault = 60_000;

/**
 * A client of Alibaba Cloud OSS or osskeep.
 *
 * ```ts
 * const client = new OssClient({
 *   endpoint: 'http://127.0.0.1:6770',
 *   region: 'cn-hangzhou',
 *   bucket: 'examplebucket',
 *   credentials: environmentCredentials(),
 * });
 * await client.putObject('exampleobject.txt', 'hello', { contentType: 'text/plain' });
 * const object = await client.getObject('exampleobject.txt');
 * console.log(object.lastModified, await object.body.text());
 * for await (const { key, size } of client.objects({ prefix: 'photos/' })) console.log(key, size);
 * const { url } = await client.presign('GET', 'exampleobject.txt', { expires: 600 });
 * ```
 *
 * Refusals of the service are thrown as OssError (`code`, `status`, `ec`, `requestId`); no usable answer as
 * TransportError; bytes that differ as IntegrityError; a wrong argument as ClientError.
 *
 * Failed attempts are repeated (`retry`). PutObject with `forbidOverwrite` whose first answer was lost may
 * therefore end in FileAlreadyExists although its own bytes are stored.
 */
export class OssClient extends SettingCalls {
  /** What was given to the constructor; undefined: the platform's. */
  readonly fetch: Fetch | undefined;
  readonly #bucketDefault: string | undefined;
  readonly #checksIntegrity: boolean;
  readonly #clock: CorrectedClock;
  readonly #credentials: CredentialsSource;
  readonly #tools: PresignTools;
  readonly #sender: Sender;

  constructor(options: OssClientOptions) {
    super();
    this.fetch = options.fetch;
    this.#bucketDefault = options.bucket;
    this.#checksIntegrity = options.checkIntegrity ?? true;
    this.#clock = new CorrectedClock(options.clock);
    this.#credentials = new CredentialsSource(options.credentials, this.#clock);
    this.#tools = {
      addresses: new Addresses(options),
      region: normalizeRegion(options.region),
      product: options.product,
      version: options.signatureVersion ?? 'v4',
      hashes: options.hashes ?? defaultHashes(),
      keys: new SigningKeyCache(),
    };
    this.#sender = new Sender({
      ...this.#tools,
      fetch: options.fetch ?? platformFetch,
      clock: this.#clock,
      credentials: this.#credentials,
      retry: { ...options.retry },
      timeoutMs: options.timeoutMs ?? timeoutMsDefault,
      checksIntegrity: this.#checksIntegrity,
    });
  }

  /**
   * Signs a URL that hands out one object, or one version of it, for a limited time. Nothing is sent.
   *
   * ```ts
   * const link = await client.presign('GET', 'report.pdf', {
   *   expires: 3600,
   *   versionId: 'CAEQNhiBgMDJgZCA0BYiIDc4',
   *   response: { contentDisposition: 'attachment; filename="report.pdf"' },
   * });
   * const upload = await client.presign('PUT', 'photo.jpg', { contentType: 'image/jpeg' });
   * await fetch(upload.url, { method: upload.method, headers: upload.headers, body: photo });
   * ```
   *
   * Throws ClientError for lifetimes under 1 second or over 604,800 (V4), and
   * for keys that no URL can carry safely: `.` and `..`, and those with `?` in V1.
   */
  async presign(
    method: PresignMethod,
    key: string,
    options: PresignOptions = {},
  ): Promise<SignedUrl> {
    const given = this.#credentials.get();
    const credentials = given instanceof Promise ? await given : given;
    const target = this.#at(key, options);
    return presign(method, target, options, credentials, this.#clock.now(), this.#tools);
  }

  listBuckets(input: ListBucketsInput = {}, options?: CallOptions): Promise<ListBucketsOutput> {
    return this.call(listBuckets, {}, input, options);
  }

  /** Every bucket of the account, page by page. */
  async *buckets(
    input: ListBucketsInput = {},
    options?: CallOptions,
  ): AsyncGenerator<BucketSummary, void, undefined> {
    const ask = (marker: string | undefined) => this.listBuckets({ ...input, marker }, options);
    for await (const page of pages(ask, (page) => page.nextMarker, input.marker)) {
      yield* page.buckets;
    }
  }

  putBucket(input: PutBucketOptions = {}, options?: CallOptions): Promise<PutBucketOutput> {
    const { acl, configuration, ...flat } = input;
    const wish = { ...configuration, ...flat };
    const body = Object.values(wish).some((value) => value !== undefined) ? wish : undefined;
    return this.call(putBucket, {}, { acl, configuration: body }, this.#inBucket(options));
  }

  headBucket(options?: CallOptions): Promise<HeadBucketOutput> {
    return this.call(headBucket, {}, {}, this.#inBucket(options));
  }

  /** True also for a bucket that exists and belongs to another account. */
  async bucketExists(options?: CallOptions): Promise<boolean> {
    try {
      await this.headBucket(options);
      return true;
    } catch (error) {
      if (error instanceof OssError && error.code === 'NoSuchBucket') return false;
      if (error instanceof OssError && error.code === 'AccessDenied') return true;
      throw error;
    }
  }

  deleteBucket(options?: CallOptions): Promise<Nothing> {
    return this.call(deleteBucket, {}, {}, this.#inBucket(options));
  }

  getBucketInfo(options?: CallOptions): Promise<GetBucketInfoOutput> {
    return this.call(getBucketInfo, {}, {}, this.#inBucket(options));
  }

  getBucketLocation(options?: CallOptions): Promise<GetBucketLocationOutput> {
    return this.call(getBucketLocation, {}, {}, this.#inBucket(options));
  }

  /** Stores an object whole. Streams are sent as they come; give `contentLength` where it is known. */
  async putObject(
    key: string,
    body: UploadBody,
    given: PutObjectOptions = {},
  ): Promise<PutObjectOutput> {
    const { options, input } = splitOptions(given);
    const target = this.#at(key, options);
    const prepared = prepareBody(body, input.contentLength);
    const message = encodeRequest(putObject, {
      metadata: {},
      ...input,
      contentType: input.contentType ?? prepared.contentType,
      body: new Uint8Array(0),
    });
    const { method } = putObject.route;
    addExtras(message, options);
    const answer = await this.#sender.send({
      method,
      target,
      message,
      body: prepared,
      options,
      answer: 'document',
    });
    return decode(putObject, answer);
  }

  /** Reads an object, or a range of it. The connection is in use until `body` is read or cancelled. */
  async getObject(key: string, given: CallOptions & GetObjectInput = {}): Promise<GotObject> {
    const { options, input } = splitOptions(given);
    const target = this.#at(key, options);
    const message = encodeRequest(getObject, input);
    addExtras(message, options);
    const answer = await this.#sender.send({
      method: getObject.route.method,
      target,
      message,
      body: prepareBody(undefined),
      options,
      answer: 'stream',
    });
    const transport = options.fetch ?? this.fetch ?? platformFetch;
    return this.#download(answer, transport, message.headers.has('range'));
  }

  async #download(answer: Answer, transport: Fetch, isRange: boolean): Promise<GotObject> {
    const { message, stream, deadline } = answer;
    try {
      const { body: _, ...head } = decode(getObject, answer);
      if (message.status === 206 && !isRange) {
        const text = 'The answer is a part of the object, and the whole was asked for.';
        throw new TransportError(text, { problem: 'broken-answer' });
      }
      // A length and a sum of the stored bytes say nothing of bytes that fetch has decompressed.
      const encoding = head.contentEncoding?.toLowerCase() ?? 'identity';
      const isStored = transport.isRaw === true || encoding === 'identity';
      const isWhole = message.status === 200 && this.#checksIntegrity;
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

  headObject(key: string, given: CallOptions & HeadObjectInput = {}): Promise<ObjectHeaders> {
    const { options, input } = splitOptions(given);
    return this.call(headObject, this.#at(key, options), input, options);
  }

  getObjectMeta(
    key: string,
    given: CallOptions & GetObjectMetaInput = {},
  ): Promise<GetObjectMetaOutput> {
    const { options, input } = splitOptions(given);
    return this.call(getObjectMeta, this.#at(key, options), input, options);
  }

  deleteObject(
    key: string,
    given: CallOptions & DeleteObjectInput = {},
  ): Promise<DeleteObjectOutput> {
    const { options, input } = splitOptions(given);
    return this.call(deleteObject, this.#at(key, options), input, options);
  }

  listObjects(input: ListObjectsInput = {}, options?: CallOptions): Promise<ListObjectsOutput> {
    const whole: ListObjectsInput = { encodingType: 'url', ...input };
    return this.call(listObjects, {}, whole, this.#inBucket(options));
  }

  listObjectsV2(
    input: ListObjectsV2Input = {},
    options?: CallOptions,
  ): Promise<ListObjectsV2Output> {
    const whole: ListObjectsV2Input = { encodingType: 'url', ...input };
    return this.call(listObjectsV2, {}, whole, this.#inBucket(options));
  }

  /** The pages of a listing, one request each: objects and, with a delimiter, common prefixes. */
  objectPages(
    input: ListObjectsV2Input = {},
    options?: CallOptions,
  ): AsyncGenerator<ListObjectsV2Output, void, undefined> {
    const ask = (continuationToken: string | undefined) =>
      this.listObjectsV2({ ...input, continuationToken }, options);
    return pages(ask, (page) => page.nextContinuationToken, input.continuationToken);
  }

  /** Every object of a listing, page by page. */
  async *objects(
    input: ListObjectsV2Input = {},
    options?: CallOptions,
  ): AsyncGenerator<ObjectSummary, void, undefined> {
    for await (const page of this.objectPages(input, options)) yield* page.contents;
  }

  /** Every common prefix ("folder") of a listing with a delimiter, `/` unless given. */
  async *prefixes(
    input: ListObjectsV2Input = {},
    options?: CallOptions,
  ): AsyncGenerator<CommonPrefix, void, undefined> {
    const whole = { delimiter: '/', ...input };
    for await (const page of this.objectPages(whole, options)) yield* page.commonPrefixes;
  }

  override async call<Input, Output>(
    operation: Wire<Input, Output>,
    target: Target,
    input: Input,
    options: CallOptions = {},
  ): Promise<Output> {
    const message: Message = encodeRequest(operation, input);
    addExtras(message, options);
    const answer = await this.#sender.send({
      method: operation.route.method,
      target:
        operation.route.on === 'service'
          ? {}
          : { ...target, bucket: target.bucket ?? this.#bucket(options) },
      message,
      body: prepareBody(message.body),
      options,
      answer: 'document',
    });
    return decode(operation, answer);
  }

  #bucket({ bucket }: { readonly bucket?: string | undefined }): string {
    const name = bucket ?? this.#bucketDefault;
    if (name !== undefined) return name;
    throw new ClientError('bucket', 'No bucket is named, neither here nor for the client.');
  }

  #inBucket(options: CallOptions = {}): CallOptions {
    return { ...options, bucket: this.#bucket(options) };
  }

  #at(key: string, options: { readonly bucket?: string | undefined }): Target {
    return { bucket: this.#bucket(options), key };
  }
}

/** What cannot be decoded is no refusal of the service, so it is not thrown as one. */
function decode<Output>(operation: Answered<Output>, { message }: Answer): Output {
  try {
    return decodeResponse(operation, message);
  } catch (cause) {
    throw new TransportError(`The answer is not one to ${operation.name}.`, {
      problem: 'broken-answer',
      status: message.status,
      requestId: message.headers.get('x-oss-request-id'),
      cause,
    });
  }
}
