// Which way a request comes to those who answer it: around Node's HTTP server, or through it.
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { PlainAnswer } from '../../../src/gateway/http/plain/plain-answer.ts';
import type { HttpAnswer, HttpRequest } from '../../../src/gateway/http/wire.ts';
import { createListener } from '../../../src/gateway/listeners/listener.ts';
import { listOf, noHeaders } from '../../support/header-list.ts';
import { RawConnection } from '../../support/raw-connection.ts';

test.each([true, false])('the fast path is there: %s', async (hasFastPath) => {
  const served: { request: HttpRequest; answer: HttpAnswer }[] = [];
  const requests = {
    serve: (request: HttpRequest, answer: HttpAnswer): void => {
      served.push({ request, answer });
      const head = { status: 200, headers: listOf(['Content-Length', '2']), known: noHeaders };
      answer.send(head, Buffer.from('ok'));
    },
    refuse: () => undefined,
  };
  const { server, plain } = createListener(requests, hasFastPath);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const client = await RawConnection.open((server.address() as AddressInfo).port);
  onTestFinished(() => {
    client.destroy();
    server.close();
  });
  expect(plain !== undefined).toBe(hasFastPath);
  for (const url of ['/a', '/b?c=d']) {
    client.write(`GET ${url} HTTP/1.1\r\nHost: h:1\r\nA: b\r\n\r\n`);
    expect((await client.answer()).body.toString()).toBe('ok');
    const last = served.at(-1);
    expect(last?.answer instanceof PlainAnswer).toBe(hasFastPath);
    // The same to whoever answers.
    const { method, fields, remote, body } = last?.request ?? {};
    expect([method, last?.request.url, fields?.raw]).toEqual([
      'GET',
      url,
      ['Host', 'h:1', 'A', 'b'],
    ]);
    expect([remote?.address, remote?.isTls, body?.hasArrived]).toEqual(['127.0.0.1', false, true]);
    expect(fields?.read().headers.get('host')).toBe('h:1');
  }
});
