// The bytes each operation has on the wire, literally. Requests were put on the wire by official SDKs
// and recorded by a listening socket (host, signature, date and user agent left out); responses follow
// the reference. A record over the names: an operation without fixtures does not compile.
import { buckets } from './buckets.ts';
import type { GoldenRecord } from './golden.ts';
import { listings } from './listings.ts';
import { objects } from './objects.ts';

export const golden: GoldenRecord = { ...buckets, ...listings, ...objects };
