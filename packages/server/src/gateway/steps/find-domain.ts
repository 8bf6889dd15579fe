// A host that may have been bound to a bucket through the API is looked up with every request.
import { resourceOf } from './identify-resource.ts';
import type { Step, Work } from './step.ts';

export const findDomain: Step = {
  name: 'find domain',
  run: (work) => (work.mayBeBound ? find(work) : undefined),
};

async function find(work: Work): Promise<undefined> {
  const { at, host, head, parts, settings } = work;
  const binding = await parts.store.cnames.find(at, host.name);
  work.binding = binding;
  work.addresses(resourceOf(settings.addressing, host, head.path, binding?.bucketName));
}
