// The client: every operation through one `call`, on the definitions the server decodes with.
import {
  type Body,
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
  type GetObjectOutput,
  getBucketInfo,
  getBucketLocation,
  getObject,
  getObjectMeta,
  type Hashes,
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
  type ObjectHeaders,
  type ObjectSummary,
  type Operation,
  OssError,
  type PutBucketInput,
  type PutBucketOutput,
  type PutObjectInput,
  type PutObjectOutput,
  parseImfDate,
  putBucket,
  putObject,
  SigningKeyCache,
} from '@osskeep/protocol';
import { Addresses, type Addressing, type Target } from './address.ts';
import { type PreparedBody, prepareBody, toBody, type UploadBody } from './body.ts';
import { type Clock, CorrectedClock } from './clock.ts';
import { type Credentials, type CredentialsProvider, CredentialsSource } from './credentials.ts';
import { DownloadBody } from './download.ts';
import { ClientError, IntegrityError, TransportError } from './errors.ts';
import { type PresignMethod, type PresignOptions, presign, type SignedUrl } from './presign.ts';
import { isWorthAnotherTry, type RetryOptions, retryDefaults, retryDelayMs, sleep } from './retry.ts';
import { type Fetch, refusalOf, responseMessage, send, type TransportTools } from './transport.ts';

export interface OssClientOptions {
  /** `https://oss-cn-hangzhou.aliyuncs.com`, `http://127.0.0.1:6770`; https without a scheme. */
  readonly endpoint: string;
  /** Plain region id the signature is made for, `cn-hangzhou`. */
  readonly region: string;
  /** The bucket of calls that name none. */
  readonly bucket?: string | undefined;
  /** A pair, or a provider that is asked again ahead of the end. */
  readonly credentials: Credentials | CredentialsProvider;
  /** The endpoint is a domain bound to the bucket. The signature covers the bucket all the same. */
  readonly cname?: boolean | undefined;
  /** `auto`: path style for IP addresses and localhost, the bucket in the host elsewhere. */
  readonly addressing?: Addressing | undefined;
  /** `v4` when absent. */
  readonly signatureVersion?: 'v4' | 'v1' | undefined;
  readonly product?: string | undefined;
  readonly clock?: Clock | undefined;
  readonly fetch?: Fetch | undefined;
  readonly hashes?: Hashes | undefined;
  readonly retry?: RetryOptions | undefined;
  /** ms until the answer's head must be there, for each attempt; none when absent. */
  readonly timeoutMs?: number | undefined;
  /** CRC-64 of uploads and whole downloads is compared; on unless switched off. */
  readonly checkIntegrity?: boolean | undefined;
}

export interface CallOptions {
  readonly bucket?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

export type PutObjectOptions = CallOptions &
  Partial<Omit<PutObjectInput, 'body'>> & { readonly body?: never };
export type GotObject = Omit<GetObjectOutput, 'body'> & { readonly body: DownloadBody };
type Nothing = Record<never, never>;
type Wire<Input, Output> = Operation<string, Input, Output>;

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
 * await client.putObject('exampleobject.txt', 'hello');
 * const { url } = await client.presign('GET', 'exampleobject.txt', { expires: 600 });
 * ```
 *
 * Refusals are thrown as OssError, anything else as TransportError, IntegrityError or ClientError.
 */
export class OssClient {
  readonly #options: OssClientOptions;
  readonly #clock: CorrectedClock;
  readonly #credentials: CredentialsSource;
  readonly #tools: TransportTools;

  constructor(options: OssClientOptions) {
    this.#options = options;
    this.#clock = new CorrectedClock(options.clock);
    this.#credentials = new CredentialsSource(options.credentials, this.#clock);
    this.#tools = {
      addresses: new Addresses(options),
      region: options.region,
      product: options.product,
      version: options.signatureVersion ?? 'v4',
      hashes: options.hashes ?? defaultHashes(),
      keys: new SigningKeyCache(),
      fetch: options.fetch ?? ((url, init) => fetch(url, init)),
    };
  }

  /**
   * Signs a URL that hands out one object, or one version of it, for a limited time. Throws ClientError
   * for lifetimes over 604,800 seconds (V4).
   */
  async presign(
    method: PresignMethod,
    key: string,
    options: PresignOptions = {},
  ): Promise<SignedUrl> {
    const given = this.#credentials.get();
    const credentials = given instanceof Promise ? await given : given;
    const target = { bucket: this.#bucket(options), key };
    return presign(method, target, options, credentials, this.#clock.now(), this.#tools);
  }

  listBuckets(input: ListBucketsInput = {}, options: CallOptions = {}): Promise<ListBucketsOutput> {
    return this.call(listBuckets, {}, input, options);
  }

  putBucket(
    input: PutBucketInput & NonNullable<PutBucketInput['configuration']> = {},
    options: CallOptions = {},
  ): Promise<PutBucketOutput> {
    const { acl, configuration, ...flat } = input;
    const wish = { ...configuration, ...flat };
    const body = Object.values(wish).some((value) => value !== undefined) ? wish : undefined;
    return this.call(putBucket, this.#inBucket(options), { acl, configuration: body }, options);
  }

  headBucket(options: CallOptions = {}): Promise<HeadBucketOutput> {
    return this.call(headBucket, this.#inBucket(options), {}, options);
  }

  deleteBucket(options: CallOptions = {}): Promise<Nothing> {
    return this.call(deleteBucket, this.#inBucket(options), {}, options);
  }

  getBucketInfo(options: CallOptions = {}): Promise<GetBucketInfoOutput> {
    return this.call(getBucketInfo, this.#inBucket(options), {}, options);
  }

  getBucketLocation(options: CallOptions = {}): Promise<GetBucketLocationOutput> {
    return this.call(getBucketLocation, this.#inBucket(options), {}, options);
  }

  putObject(
    key: string,
    body: UploadBody,
    options: PutObjectOptions = {},
  ): Promise<PutObjectOutput> {
    const { bucket, signal, ...wish } = options;
    const input = { metadata: {}, ...wish, body: toBody(body) as Body };
    return this.call(putObject, { bucket: this.#bucket({ bucket }), key }, input, { signal });
  }

  async getObject(
    key: string,
    options: CallOptions & GetObjectInput = {},
  ): Promise<GotObject> {
    const { bucket, signal, ...input } = options;
    const target = { bucket: this.#bucket({ bucket }), key };
    const response = await this.#send(getObject, target, input, signal);
    const { body: _, ...head } = decodeResponse(getObject, responseMessage(response));
    // A length and a sum of the stored bytes say nothing of bytes that fetch has decompressed.
    const isPlain = head.contentEncoding === undefined;
    const isWhole = response.status === 200 && isPlain && this.#checksIntegrity;
    const body = new DownloadBody(response.body, {
      length: isPlain ? head.contentLength : undefined,
      crc64: isWhole ? head.crc64 : undefined,
    });
    return { ...head, body };
  }

  headObject(key: string, options: CallOptions & HeadObjectInput = {}): Promise<ObjectHeaders> {
    const { bucket, signal, ...input } = options;
    return this.call(headObject, { bucket: this.#bucket({ bucket }), key }, input, { signal });
  }

  getObjectMeta(
    key: string,
    options: CallOptions & GetObjectMetaInput = {},
  ): Promise<GetObjectMetaOutput> {
    const { bucket, signal, ...input } = options;
    return this.call(getObjectMeta, { bucket: this.#bucket({ bucket }), key }, input, { signal });
  }

  deleteObject(
    key: string,
    options: CallOptions & DeleteObjectInput = {},
  ): Promise<DeleteObjectOutput> {
    const { bucket, signal, ...input } = options;
    return this.call(deleteObject, { bucket: this.#bucket({ bucket }), key }, input, { signal });
  }

  listObjects(
    input: ListObjectsInput = {},
    options: CallOptions = {},
  ): Promise<ListObjectsOutput> {
    return this.call(listObjects, this.#inBucket(options), { encodingType: 'url', ...input }, options);
  }

  listObjectsV2(
    input: ListObjectsV2Input = {},
    options: CallOptions = {},
  ): Promise<ListObjectsV2Output> {
    const whole: ListObjectsV2Input = { encodingType: 'url', ...input };
    return this.call(listObjectsV2, this.#inBucket(options), whole, options);
  }

  /** Every object of a listing, page by page. */
  async *objects(
    input: ListObjectsV2Input = {},
    options: CallOptions = {},
  ): AsyncGenerator<ObjectSummary, void, undefined> {
    let continuationToken = input.continuationToken;
    do {
      const page = await this.listObjectsV2({ ...input, continuationToken }, options);
      yield* page.contents;
      continuationToken = page.nextContinuationToken;
    } while (continuationToken !== undefined);
  }

  /** Any operation by its definition. */
  async call<Input, Output>(
    operation: Wire<Input, Output>,
    target: Target,
    input: Input,
    options: CallOptions = {},
  ): Promise<Output> {
    const response = await this.#send(operation, target, input, options.signal);
    const message = responseMessage(response);
    try {
      message.body = new Uint8Array(await response.arrayBuffer());
    } catch (cause) {
      throw new TransportError('The answer broke off.', { cause });
    }
    return decodeResponse(operation, message);
  }

  get #checksIntegrity(): boolean {
    return this.#options.checkIntegrity ?? true;
  }

  #bucket({ bucket }: { readonly bucket?: string | undefined }): string {
    const name = bucket ?? this.#options.bucket;
    if (name === undefined) throw new ClientError('No bucket is named, here or for the client.');
    return name;
  }

  #inBucket(options: CallOptions): Target {
    return { bucket: this.#bucket(options) };
  }

  async #send<Input, Output>(
    operation: Wire<Input, Output>,
    target: Target,
    input: Input,
    signal: AbortSignal | undefined,
  ): Promise<Response> {
    const message = encodeRequest(operation, input);
    const body = await prepareBody(message.body);
    const retry = this.#options.retry ?? {};
    const attemptsMax = retry.attempts ?? retryDefaults.attempts;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#attempt(operation, target, message, body, signal);
      } catch (error) {
        const again = attempt < attemptsMax && body.isRepeatable() && isWorthAnotherTry(error);
        if (!again || signal?.aborted === true) throw error;
        await (retry.sleep ?? sleep)(retryDelayMs(attempt, retry), signal);
      }
    }
  }

  async #attempt<Input, Output>(
    operation: Wire<Input, Output>,
    target: Target,
    message: ReturnType<typeof encodeRequest>,
    body: PreparedBody,
    signal: AbortSignal | undefined,
  ): Promise<Response> {
    const credentials = await this.#credentials.get();
    const timeout = this.#timeout(signal);
    let response: Response;
    try {
      response = await send(
        operation.route.method,
        target,
        message,
        body,
        credentials,
        this.#clock.now(),
        timeout.signal,
        this.#tools,
      );
    } finally {
      timeout.clear();
    }
    if (response.status < 200 || response.status >= 300) {
      const error = await refusalOf(response);
      this.#correctClock(error, response);
      throw error;
    }
    this.#checkUpload(response, body);
    return response;
  }

  #timeout(signal: AbortSignal | undefined): {
    signal: AbortSignal | undefined;
    clear(): void;
  } {
    const { timeoutMs } = this.#options;
    if (timeoutMs === undefined) return { signal, clear: () => undefined };
    const own = new AbortController();
    const why = new TransportError(`No answer came within ${timeoutMs} ms.`);
    const timer = setTimeout(() => own.abort(why), timeoutMs);
    const both = signal === undefined ? own.signal : AbortSignal.any([signal, own.signal]);
    return { signal: both, clear: () => clearTimeout(timer) };
  }

  #correctClock(error: OssError, response: Response): void {
    if (error.code !== 'RequestTimeTooSkewed') return;
    const told = error.details['ServerTime'];
    const fromBody = told === undefined ? Number.NaN : Date.parse(told);
    const serverMs = Number.isNaN(fromBody)
      ? parseImfDate(response.headers.get('date') ?? '')
      : fromBody;
    if (serverMs !== undefined) this.#clock.correct(serverMs);
  }

  #checkUpload(response: Response, body: PreparedBody): void {
    if (body.send === undefined || !this.#checksIntegrity) return;
    const told = response.headers.get('x-oss-hash-crc64ecma');
    const own = body.crc64();
    if (told === null || own === undefined || response.status === 204) return;
    if (BigInt(told) !== own) {
      throw new IntegrityError('The CRC-64 of what was stored is not the one of what was sent.');
    }
  }
}
