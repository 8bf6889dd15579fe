// Asks the store once for all that is known of what the head of the request names: the domain it is sent to, the
// bucket, the key that signed, the object. What the request is answered by is as of this view, or later.
import type { RequestView } from '../../core/context/request-view.ts';
import { requestHints } from './request-hints.ts';
import type { Step } from './step.ts';

export const openView: Step<RequestView> = {
  name: 'open view',
  ask: (work) => work.parts.store.view(requestHints(work)),
  run: (work, at) => {
    work.at = at;
  },
};
