// The server that the security checklist is shown on: one account's private object, a bucket beside it,
// and a second account with a bucket of its own.
import { expect } from 'vitest';
import { rootOwner } from '../../src/boot/keys/credentials.ts';
import type { StartOptions } from '../../src/index.ts';
import {
  bucket,
  type GatewayUnderTest,
  quick,
  type Refusal,
  startGateway,
} from '../support/gateway-under-test.ts';
import { type RawRequest, type RawResponse, requestBytes } from '../support/raw-http.ts';
import { type SignedForm, signForm, type ToSign } from '../support/signed-forms.ts';

export const key = 'dir/a b.txt';
export const missingKey = 'dir/missing.txt';
export const content = 'what only its owner may read';
/** Of the same owner, with another object under the same key. */
export const otherBucket = 'otherbucket';
export const otherContent = 'something else';
export const bob = { accessKeyId: 'bobs-key', accessKeySecret: 'bobs-secret' };
export const bobsBucket = 'bobs-bucket';
const bobsId = '2000000000000002';

export class Secured {
  readonly gateway: GatewayUnderTest;

  private constructor(gateway: GatewayUnderTest) {
    this.gateway = gateway;
  }

  static async start(options: StartOptions = {}): Promise<Secured> {
    const keys = [{ id: bob.accessKeyId, secret: bob.accessKeySecret }];
    const gateway = await startGateway({ accounts: [{ id: bobsId, keys }], ...options });
    const { buckets } = gateway.server.store;
    await buckets.create(otherBucket, rootOwner);
    await buckets.create(bobsBucket, { id: bobsId, displayName: 'bob' });
    const secured = new Secured(gateway);
    for (const [inBucket, text] of [
      [bucket, content],
      [otherBucket, otherContent],
    ] as const) {
      const put = { method: 'PUT', bucket: inBucket, body: Buffer.from(text) };
      expect((await secured.ask('V4 header', put)).status).toBe(200);
    }
    return secured;
  }

  stop(): Promise<void> {
    return this.gateway.server.stop();
  }

  /** The private object unless something else is wanted. */
  sign(form: SignedForm, wanted: Partial<ToSign> = {}): RawRequest {
    return signForm(this.gateway, form, { bucket, key, ...wanted });
  }

  /** Without a key: the bucket itself. */
  signBucket(form: SignedForm, wanted: Omit<ToSign, 'key'>): RawRequest {
    return signForm(this.gateway, form, wanted);
  }

  send(request: RawRequest): Promise<RawResponse> {
    return this.gateway.raw(requestBytes(request), quick);
  }

  ask(form: SignedForm, wanted: Partial<ToSign> = {}): Promise<RawResponse> {
    return this.send(this.sign(form, wanted));
  }
}

const mismatchEc = { V1: '0002-00000040', V2: '0002-00000101', V4: '0002-00000201' } as const;

export function mismatch(form: SignedForm): Refusal {
  return {
    status: 403,
    code: 'SignatureDoesNotMatch',
    ec: mismatchEc[form.slice(0, 2) as keyof typeof mismatchEc],
  };
}

/** The same request with every header of the name replaced. */
export function withHeader(request: RawRequest, name: string, value: string): RawRequest {
  const { headers = [] } = request;
  const changed = headers.map(([each, old]) => [each, each === name ? value : old] as const);
  return { ...request, headers: changed };
}

export function withoutHeader(request: RawRequest, pattern: RegExp): RawRequest {
  const { headers = [] } = request;
  return { ...request, headers: headers.filter(([name]) => !pattern.test(name)) };
}

export function addHeaders(
  request: RawRequest,
  ...added: readonly (readonly [string, string])[]
): RawRequest {
  return { ...request, headers: [...(request.headers ?? []), ...added] };
}

export function authorizationOf({ headers = [] }: RawRequest): string {
  return headers.find(([name]) => name === 'Authorization')?.[1] ?? '';
}
