// TXT records through the resolvers of the system, or those the configuration names.
import { Resolver } from 'node:dns/promises';
import type { DomainTexts } from '../../core/ports/domain-texts.ts';

const absent: ReadonlySet<string> = new Set(['ENODATA', 'ENOTFOUND']);
const timeoutMs = 3_000;

/** `servers`: addresses with or without a port, `127.0.0.1:5353`, `[::1]:53`; none = the system's. */
export function resolverTexts(servers: readonly string[]): DomainTexts {
  const resolver = new Resolver({ timeout: timeoutMs, tries: 2 });
  if (servers.length > 0) resolver.setServers(servers);
  return {
    find: async (name) => {
      try {
        const records = await resolver.resolveTxt(name);
        return records.map((pieces) => pieces.join(''));
      } catch (error) {
        if (absent.has((error as NodeJS.ErrnoException).code ?? '')) return [];
        throw error;
      }
    },
  };
}
