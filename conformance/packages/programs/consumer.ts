// What a user's program in TypeScript looks like; it is only type-checked.
import {
  type CallOptions,
  ClientError,
  type CorsRule,
  environmentCredentials,
  type GotObject,
  OssClient,
  type OssClientOptions,
  OssError,
  type SignedUrl,
} from '@osskeep/client';
import { getObjectToFile, putObjectFromFile } from '@osskeep/client/node';
import { encodeRequest, putObject, signV4, verify } from '@osskeep/protocol';
import { type Osskeep, type StartOptions, startOsskeep } from '@osskeep/server';

const start: StartOptions = { listen: '127.0.0.1:0', log: 'silent' };
const server: Osskeep = await startOsskeep(start);
const options: OssClientOptions = {
  endpoint: server.endpoint,
  region: server.region,
  bucket: 'examplebucket',
  credentials: environmentCredentials({}),
};
const client = new OssClient(options);
const call: CallOptions = { timeoutMs: 1000 };
const link: SignedUrl = await client.presign('GET', 'key', { expires: 60, versionId: 'x' });
const expires: Date = link.expiresAt;
const got: GotObject = await client.getObject('key', call);
const text: string = await got.body.text();
const size: number | undefined = got.contentLength;
for await (const entry of client.objectVersions({ prefix: 'a' })) {
  if (entry.kind === 'Version') entry.size.toFixed();
  // @ts-expect-error: a delete marker has no size
  else entry.size.toFixed();
}
const rules: readonly CorsRule[] = (await client.getBucketCors()).rules;
// @ts-expect-error: no such method of HTTP
await client.presign('BREW', 'key');
// @ts-expect-error: an ACL is one of four words
await client.putObjectAcl('key', { acl: 'everyone' });
await putObjectFromFile(client, 'key', 'file');
await getObjectToFile(client, 'key', 'file');
const failure: unknown = new ClientError('key', 'no');
if (failure instanceof OssError) failure.code.toUpperCase();
console.log(expires, text, size, rules, encodeRequest, putObject, signV4, verify);
await server.stop();
