// TXT records of the domain name system, for whoever has to prove that a domain is theirs.

export interface DomainTexts {
  /**
   * The TXT records of a name, the pieces of each joined; empty when it has none or does not exist.
   * Rejects when no resolver answers.
   */
  find(name: string): Promise<readonly string[]>;
}

/** Knows no domain: where nobody configured a resolver, nothing can be proved. */
export const noDomainTexts: DomainTexts = { find: async () => [] };
