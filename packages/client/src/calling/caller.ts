// What all calls rest on: the client's settings, the way of one operation there and back, and links.
import {
  defaultHashes,
  encodeRequest,
  normalizeRegion,
  type Operation,
  SigningKeyCache,
} from '@osskeep/protocol';
import { prepareBody } from '../bodies/body.ts';
import { ClientError } from '../errors/errors.ts';
import { Addresses, type Target } from '../requests/address.ts';
import { addExtras, type CallOptions } from '../requests/call-options.ts';
import { type Fetch, platformFetch } from '../requests/fetch.ts';
import { type Answer, type Outgoing, Sender } from '../sending/sender.ts';
import { CredentialsSource } from '../signing/credentials.ts';
import {
  type PresignMethod,
  type PresignOptions,
  type PresignTools,
  presign,
  type SignedUrl,
} from '../signing/presign.ts';
import { CorrectedClock } from '../time/clock.ts';
import type { OssClientOptions } from './client-options.ts';
import { decodeAnswer } from './decode-answer.ts';

const timeoutMsDefault = 60_000;

/** A client without the calls of the families, which extend it. */
export class Caller {
  /** What was given to the constructor; undefined: the platform's. */
  readonly fetch: Fetch | undefined;
  /** Are the bytes of uploads and whole downloads compared? */
  protected readonly checksIntegrity: boolean;
  readonly #bucketDefault: string | undefined;
  readonly #clock: CorrectedClock;
  readonly #credentials: CredentialsSource;
  readonly #tools: PresignTools;
  readonly #sender: Sender;

  constructor(options: OssClientOptions) {
    this.fetch = options.fetch;
    this.checksIntegrity = options.checkIntegrity ?? true;
    this.#bucketDefault = options.bucket;
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
      checksIntegrity: this.checksIntegrity,
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
    const target = { bucket: this.#bucket(options), key };
    return presign(method, target, options, credentials, this.#clock.now(), this.#tools);
  }

  /** Any operation whose answer is small, by its definition. */
  async call<Input, Output>(
    operation: Operation<string, Input, Output>,
    target: Target,
    input: Input,
    options: CallOptions = {},
  ): Promise<Output> {
    const message = encodeRequest(operation, input);
    const body = prepareBody(message.body);
    const answer = await this.exchange(operation, {
      target,
      message,
      body,
      options,
      answer: 'document',
    });
    return decodeAnswer(operation, answer);
  }

  /** There and back once, for calls whose body or answer is a stream. */
  protected async exchange(
    { route }: Pick<Operation<string, never, never>, 'route'>,
    { target, message, options, ...more }: Omit<Outgoing, 'method'>,
  ): Promise<Answer> {
    addExtras(message, options);
    return await this.#sender.send({
      method: route.method,
      target:
        route.on === 'service' ? {} : { ...target, bucket: target.bucket ?? this.#bucket(options) },
      message,
      options,
      ...more,
    });
  }

  #bucket({ bucket }: { readonly bucket?: string | undefined }): string {
    const name = bucket ?? this.#bucketDefault;
    if (name !== undefined) return name;
    throw new ClientError('bucket', 'No bucket is named, neither here nor for the client.');
  }
}
