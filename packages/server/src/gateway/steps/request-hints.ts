// What the head of a request names, found before anything is looked up, so that the store can be asked for all
// of it at once. Nothing is decided here: a name that turns out to be another one costs a trip.
import type { Hints } from '../../core/store.ts';
import type { Resource } from '../resource.ts';
import { presentedKeyId } from './presented-key-id.ts';
import type { Head } from './read-head.ts';

/** `domain`: of the host, where it may be bound through the API. */
export function requestHints(
  head: Head,
  domain: string | undefined,
  resource: Resource | undefined,
): Hints {
  return {
    domain,
    bucket: resource?.bucket,
    key: resource?.key,
    accessKeyId: head.known?.presented.accessKeyId ?? presentedKeyId(head),
  };
}
