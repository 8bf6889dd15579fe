// TXT records as the DNS servers of the configuration know them, as the system's do when none is named; a
// reload may name others.
import type { DomainTexts } from '../../core/ports/domain-texts.ts';
import { resolverTexts } from '../../engines/dns/resolver-texts.ts';

export class ConfiguredTexts implements DomainTexts {
  #texts: DomainTexts;

  constructor(servers: readonly string[]) {
    this.#texts = resolverTexts(servers);
  }

  use(servers: readonly string[]): void {
    this.#texts = resolverTexts(servers);
  }

  find(...words: Parameters<DomainTexts['find']>): ReturnType<DomainTexts['find']> {
    return this.#texts.find(...words);
  }
}
