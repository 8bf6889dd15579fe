// Signed requests for objects of the test bucket as bytes, for tests about what carries them.
import { expect, onTestFinished } from 'vitest';
import { bucket, type GatewayUnderTest, quick } from './gateway-under-test.ts';
import { RawConnection } from './raw-connection.ts';
import { requestBytes } from './raw-http.ts';
import { type SignedRaw, signRaw } from './signed-raw.ts';

type More = Pick<SignedRaw, 'method' | 'headers' | 'body'>;

export function objectRequest(gateway: GatewayUnderTest, key: string, more: More = {}): Buffer {
  const target = `/${bucket}/${key}`;
  return requestBytes(signRaw(gateway.signer, { target, bucket, key, ...more }));
}

export async function storeObject(
  gateway: GatewayUnderTest,
  key: string,
  body: Buffer,
  headers: SignedRaw['headers'] = [],
): Promise<void> {
  const put = objectRequest(gateway, key, { method: 'PUT', body, headers });
  expect((await gateway.raw(put, quick)).status).toBe(200);
}

/** Ends with the test. */
export async function openConnection(gateway: GatewayUnderTest): Promise<RawConnection> {
  const connection = await RawConnection.open(gateway.server.port);
  onTestFinished(() => connection.destroy());
  return connection;
}
