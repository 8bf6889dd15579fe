// The client: the calls of all families in one class. Each family stands in a file of its own and knows
// nothing of the others; a new one is named here twice, a new call of one nowhere.
import { Caller } from './calling/caller.ts';
import type { OssClientOptions } from './calling/client-options.ts';
import { withCalls } from './calling/with-calls.ts';
import { AccessCalls } from './calls/access.ts';
import { BucketCalls } from './calls/buckets.ts';
import { CnameCalls } from './calls/cnames.ts';
import { CorsCalls } from './calls/cors.ts';
import { ListingCalls } from './calls/listings.ts';
import { ObjectCalls } from './calls/objects.ts';
import { VersionCalls } from './calls/versions.ts';

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
export interface OssClient
  extends ObjectCalls,
    ListingCalls,
    BucketCalls,
    VersionCalls,
    AccessCalls,
    CnameCalls,
    CorsCalls {}

// A family of the interface that is left out here does not compile.
export const OssClient: new (options: OssClientOptions) => OssClient = withCalls(
  class OssClient extends Caller {},
  ObjectCalls,
  ListingCalls,
  BucketCalls,
  VersionCalls,
  AccessCalls,
  CnameCalls,
  CorsCalls,
);
