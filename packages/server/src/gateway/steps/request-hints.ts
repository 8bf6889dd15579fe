// What the head of a request names, found before anything is looked up, so that the store can be asked for all
// of it at once. Nothing is decided here: a name that turns out to be another one costs a trip.
import type { Hints } from '../../core/store.ts';
import type { Resource } from '../request/resource.ts';
import { resourceOf } from './identify-resource.ts';
import { presentedKeyId } from './presented-key-id.ts';
import type { Work } from './step.ts';

export function requestHints(work: Work): Hints {
  const { head, host, mayBeBound } = work;
  const resource = mayBeBound ? foreseen(work) : work.resource;
  return {
    domain: mayBeBound ? host.name : undefined,
    bucket: resource?.bucket,
    key: resource?.key,
    accessKeyId: presentedKeyId(head),
  };
}

/** Where the request leads if its domain leads where it led last; undefined where that cannot be. */
function foreseen({ head, host, parts, settings }: Work): Resource | undefined {
  const target = parts.store.cnames.lastTarget(host.name);
  if (target === undefined) return undefined;
  try {
    return resourceOf(settings.addressing, host, head.path, target);
  } catch {
    // Whoever identifies the resource for good says what is wrong.
    return undefined;
  }
}
