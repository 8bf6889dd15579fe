import { test } from 'vitest';
import { bucket, startGateway } from '../support/gateway-under-test.ts';
test('try', async () => {
  const lines: string[] = [];
  const g = await startGateway({ log: 'info', logStream: { write: (s: string) => { lines.push(s); } } as never });
  const r = await g.signed({ method: 'PUT', target: `/${bucket}/k`, bucket, key: 'k', body: Buffer.from('x') });
  console.log(r.status, r.text, lines.join(''));
  await g.server.stop();
});
