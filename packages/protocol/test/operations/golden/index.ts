// The bytes each operation has on the wire, literally. Requests were put on the wire by official SDKs
// and recorded by a listening socket (host, signature, date, user agent, and the length and digest of
// a document left out); responses follow the reference. A record over the names: an operation without
// fixtures does not compile.
import { access } from './access.ts';
import { buckets } from './buckets.ts';
import { cnames } from './cnames.ts';
import { cors } from './cors.ts';
import type { GoldenRecord } from './golden.ts';
import { listings } from './listings.ts';
import { objects } from './objects.ts';
import { versions } from './versions.ts';

export const golden: GoldenRecord = {
  ...buckets,
  ...listings,
  ...objects,
  ...versions,
  ...access,
  ...cnames,
  ...cors,
};
