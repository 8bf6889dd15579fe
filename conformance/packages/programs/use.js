// Run inside the scratch project: server, client and file helpers, as a program uses them.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { OssClient, OssError } from '@osskeep/client';
import { getObjectToFile, nodeFetch, putObjectFromFile } from '@osskeep/client/node';
import { startOsskeep } from '@osskeep/server';

const data = process.argv[2];
const server = await startOsskeep({
  ...(data === undefined ? {} : { data }),
  admin: { listen: 'off' },
  log: 'warn',
});
const client = new OssClient({
  endpoint: server.endpoint,
  region: server.region,
  bucket: 'examplebucket',
  credentials: { accessKeyId: server.accessKeyId, accessKeySecret: server.accessKeySecret },
});
await client.putBucket();
await client.putObject('hello.txt', 'hello', { contentType: 'text/plain' });
const { url } = await client.presign('GET', 'hello.txt', { expires: 60 });
const answer = await fetch(url);
assert.equal(answer.status, 200);
assert.equal(await answer.text(), 'hello');
assert.equal((await fetch(`${url}x`)).status, 403);

await writeFile('large.bin', Buffer.alloc(3_000_000, 7));
await putObjectFromFile(client, 'large.bin', 'large.bin');
await getObjectToFile(client, 'large.bin', 'copy.bin', { fetch: nodeFetch });
assert.deepEqual(await readFile('copy.bin'), await readFile('large.bin'));

await assert.rejects(client.getObject('missing'), (error) => {
  assert(error instanceof OssError);
  assert.equal(error.code, 'NoSuchKey');
  return true;
});
const keys = [];
for await (const { key } of client.objects()) keys.push(key);
assert.deepEqual(keys, ['hello.txt', 'large.bin']);
await server.stop();
console.log(`done on ${process.version}`);
