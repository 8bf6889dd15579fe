// A host that may have been bound to a bucket through the API is looked up with every request.
import type { DomainBinding } from '../../core/records/domain-binding.ts';
import { resourceOf } from './identify-resource.ts';
import type { Step } from './step.ts';

export const findDomain: Step<DomainBinding | undefined> = {
  ask: ({ at, host, mayBeBound, parts }) =>
    mayBeBound ? parts.store.cnames.find(at, host.name) : undefined,
  run: (work, binding) => {
    const { head, host, mayBeBound, settings } = work;
    if (!mayBeBound) return;
    work.binding = binding;
    work.addresses(resourceOf(settings.addressing, host, head.path, binding?.bucketName));
  },
};
