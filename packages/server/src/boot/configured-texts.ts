// TXT records as the DNS servers of the configuration know them; a reload may name others.
import type { DomainTexts } from '../core/ports/domain-texts.ts';
import { openDomainTexts } from './engines.ts';

export class ConfiguredTexts implements DomainTexts {
  #texts: DomainTexts;

  constructor(servers: readonly string[]) {
    this.#texts = openDomainTexts(servers);
  }

  use(servers: readonly string[]): void {
    this.#texts = openDomainTexts(servers);
  }

  find(...words: Parameters<DomainTexts['find']>): ReturnType<DomainTexts['find']> {
    return this.#texts.find(...words);
  }
}
