// The server that crash tests kill: started like any other, with one seam replaced where a mutant is asked
// for. Prints one JSON line when it answers.
import type { FileSystem } from '../../src/core/ports/file-system.ts';
import type { Metadata, Outcome } from '../../src/core/ports/metadata.ts';
import { nodeFileSystem } from '../../src/engines/embedded/node-file-system.ts';
import { startOsskeep } from '../../src/index.ts';
import type { Mutant } from './power-cut-loop.ts';

const [data = '', mutant = 'none'] = process.argv.slice(2) as [string, Mutant];

const nothing = async (): Promise<void> => undefined;

function fileSystem(): FileSystem {
  if (mutant === 'no-directory-fsync') return { ...nodeFileSystem, syncDirectory: nothing };
  if (mutant !== 'no-fdatasync') return nodeFileSystem;
  return {
    ...nodeFileSystem,
    create: async (path) => {
      const file = await nodeFileSystem.create(path);
      return {
        write: (bytes, position) => file.write(bytes, position),
        read: (buffer, position) => file.read(buffer, position),
        fdatasync: nothing,
        size: () => file.size(),
        close: () => file.close(),
      };
    },
  };
}

/** Answers a commit that only sets rows before it is written. */
function early(metadata: Metadata): Metadata {
  let stamp = -1n;
  const acknowledge = (): Outcome => {
    stamp -= 1n;
    return { ok: true, stamp };
  };
  return {
    inlineBytesMax: metadata.inlineBytesMax,
    read: (query) => metadata.read(query),
    counters: (key) => metadata.counters(key),
    commit: async (commit) => {
      const isPut = (commit.set ?? []).some(({ key }) => key[0] === 'O'.charCodeAt(0));
      const written = metadata.commit(commit);
      if (!isPut) return written;
      written.catch(() => undefined);
      return acknowledge();
    },
    commitMany: (commits) => metadata.commitMany(commits),
    close: () => metadata.close(),
  };
}

const server = await startOsskeep(
  { data, rootKey: { accessKeyId: 'crash-test-key', accessKeySecret: 'crash-test-secret' } },
  {
    fileSystem: fileSystem(),
    ...(mutant === 'early-acknowledgement' ? { wrapMetadata: early } : {}),
  },
);
console.log(
  JSON.stringify({ port: server.port, id: 'crash-test-key', secret: 'crash-test-secret' }),
);
