// What belongs to an account as a whole and not to one of its buckets.
import type { CoreContext } from '../context/context.ts';
import { readAccountBlock, setAccountBlock } from './public-access-block.ts';

export class Accounts {
  readonly #core: CoreContext;

  constructor(core: CoreContext) {
    this.#core = core;
  }

  publicAccessBlock(ownerId: string): Promise<boolean> {
    return readAccountBlock(this.#core, ownerId);
  }

  setPublicAccessBlock(ownerId: string, enabled: boolean): Promise<void> {
    return setAccountBlock(this.#core, ownerId, enabled);
  }
}
