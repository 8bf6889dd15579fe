// Servers that break one promise about crashes each; the suites must notice every one.

import type { Commit, Metadata, Outcome } from '../../src/core/ports/metadata.ts';
import type { FileSystem } from '../../src/engines/embedded/disk/file-system.ts';
import { nodeFileSystem } from '../../src/engines/embedded/disk/node-file-system.ts';
import { fileWith } from '../engines/wrapped-file-system.ts';

export type Mutant =
  | 'none'
  | 'no-fdatasync'
  | 'no-directory-fsync'
  | 'early-acknowledgement'
  | 'commit-in-two-steps';

const nothing = async (): Promise<void> => undefined;

export function fileSystemOf(mutant: Mutant): FileSystem {
  if (mutant === 'no-directory-fsync') return { ...nodeFileSystem, syncDirectory: nothing };
  if (mutant !== 'no-fdatasync') return nodeFileSystem;
  return {
    ...nodeFileSystem,
    create: async (path) =>
      fileWith(await nodeFileSystem.create(path), () => ({ fdatasync: nothing })),
  };
}

export function metadataOf(mutant: Mutant): ((metadata: Metadata) => Metadata) | undefined {
  if (mutant === 'early-acknowledgement') return early;
  if (mutant === 'commit-in-two-steps') return inTwoSteps;
  return undefined;
}

function setsObject({ set = [] }: Commit): boolean {
  return set.some(({ key }) => key[0] === 'O'.charCodeAt(0));
}

/** Answers a commit that sets an object before it is written; only a crash can tell. */
function early(metadata: Metadata): Metadata {
  const unwritten = new Set<Promise<unknown>>();
  let stamp = -1n;
  return {
    ...passedOn(metadata),
    read: async (query) => {
      await Promise.all(unwritten);
      return metadata.read(query);
    },
    commit: async (commit): Promise<Outcome> => {
      if (!setsObject(commit)) return metadata.commit(commit);
      const written = metadata.commit(commit).catch(() => undefined);
      unwritten.add(written);
      void written.then(() => unwritten.delete(written));
      stamp -= 1n;
      return { ok: true, stamp };
    },
  };
}

/** The head first, and what it relies on after it. */
function inTwoSteps(metadata: Metadata): Metadata {
  return {
    ...passedOn(metadata),
    commit: async (commit) => {
      const { set = [], del = [], add = [], ...checks } = commit;
      if (!setsObject(commit)) return metadata.commit(commit);
      const isHead = ({ key }: { readonly key: Buffer }): boolean => key[0] === 'O'.charCodeAt(0);
      const outcome = await metadata.commit({ ...checks, set: set.filter(isHead) });
      if (!outcome.ok) return outcome;
      return metadata.commit({ set: set.filter((row) => !isHead(row)), del, add });
    },
  };
}

function passedOn(metadata: Metadata): Metadata {
  return {
    inlineBytesMax: metadata.inlineBytesMax,
    read: (query) => metadata.read(query),
    readChanged: (key, known) => metadata.readChanged(key, known),
    counters: (key) => metadata.counters(key),
    commit: (commit) => metadata.commit(commit),
    commitMany: (commits) => metadata.commitMany(commits),
    close: () => metadata.close(),
  };
}
