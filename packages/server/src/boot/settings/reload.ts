// What a reload may change. Listeners, engines and the region are made at the start and stay; everything
// else follows the configuration read last.
import type { Configuration } from './configuration.ts';

/** Settings that only a restart changes, by the names they have in the file. */
const fixed: readonly (readonly [string, (configuration: Configuration) => unknown])[] = [
  ['listen', ({ listen }) => listen],
  ['data', ({ data }) => data],
  ['workers', ({ workers }) => workers],
  ['region', ({ region }) => region],
  ['tls', ({ tls }) => tls !== undefined],
  ['tls.listen', ({ tls }) => tls?.listen],
  ['tls.selfSigned', ({ tls }) => tls?.selfSigned],
  ['admin.listen', ({ admin }) => admin.listen],
  ['blockPublicAccess', ({ blockPublicAccess }) => blockPublicAccess],
  ['fastPath', ({ fastPath }) => fastPath],
  ['limits.bucketsPerAccount', ({ limits }) => limits.bucketsPerAccount],
  ['limits.cacheBytes', ({ limits }) => limits.cacheBytes],
  ['limits.knownRecords', ({ limits }) => limits.knownRecords],
  ['limits.uploadBufferBytes', ({ limits }) => limits.uploadBufferBytes],
];

export interface Reloaded {
  /** The next configuration, with what cannot change as it was. */
  readonly configuration: Configuration;
  /** Names of settings that say something else than what counts until a restart. */
  readonly ignored: readonly string[];
}

export function keepFixed(old: Configuration, next: Configuration): Reloaded {
  const { listen, data, workers, region, admin, blockPublicAccess, fastPath } = old;
  // Of the limits, one is looked at with each request.
  const limits = { ...old.limits, objectBytes: next.limits.objectBytes };
  const tls = keepTls(old.tls, next.tls);
  return {
    configuration: {
      ...next,
      listen,
      data,
      workers,
      region,
      admin,
      blockPublicAccess,
      fastPath,
      limits,
      tls,
    },
    ignored: ignoredOf(old, next),
  };
}

function keepTls(old: Configuration['tls'], next: Configuration['tls']): Configuration['tls'] {
  if (old === undefined || next === undefined) return old;
  const hasAny = next.certificates.length > 0 || old.selfSigned;
  return hasAny ? { ...old, certificates: next.certificates } : old;
}

function ignoredOf(old: Configuration, next: Configuration): string[] {
  const names = fixed.filter(([, read]) => read(old) !== read(next)).map(([name]) => name);
  // What is under a setting that is ignored as a whole goes without saying.
  return names.filter((name) => !name.startsWith('tls.') || !names.includes('tls'));
}
