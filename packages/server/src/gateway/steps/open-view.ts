// Asks the store once for all that is known of what the head of the request names: the domain it is sent to, the
// bucket, the key that signed, the object. What the request is answered by is as of this view, or later.
import type { RequestView } from '../../core/context/request-view.ts';
import type { Hints } from '../../core/store.ts';
import { presentedKeyId } from '../request/presented-key-id.ts';
import type { Resource } from '../request/resource.ts';
import { resourceOf } from './identify-resource.ts';
import type { Step, Work } from './step.ts';

export const openView: Step<RequestView> = {
  ask: (work) => work.parts.store.view(hintsOf(work)),
  run: (work, at) => {
    work.at = at;
  },
};

/** What the head names, found before anything is looked up. A name that turns out to be another costs a trip. */
function hintsOf(work: Work): Hints {
  const { head, host, mayBeBound } = work;
  const resource = mayBeBound ? foreseen(work) : work.resource;
  return {
    domain: mayBeBound ? host.name : undefined,
    bucket: resource?.bucket,
    key: resource?.key,
    accessKeyId: head.reading.presented?.accessKeyId ?? presentedKeyId(head),
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
