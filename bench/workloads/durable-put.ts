// P4: durable PUTs of 4 KiB by 1, 16 and 64 writers, against one file an object with its data and its
// directory synced.
import { runLoad } from '../harness/load.ts';
import { type BenchServer, startServer } from '../harness/server.ts';
import type { Comparison, Workload } from '../harness/workload.ts';
import { writeFiles } from '../peers/durable-files.ts';

/** Of us against the peer, by the number of writers: the more there are, the more share a flush. */
const floors = new Map([
  [1, 1.7],
  [16, 3],
  [64, 4],
]);
const objects = 10_000;
const bytes = 4096;
const seconds = 4;

export const durablePut: Workload = {
  id: 'P4',
  title: 'durable PUT of 4 KiB, against one file an object with fdatasync and directory fsync',
  open: async () => {
    const server = await startServer('0');
    const targets: string[] = [];
    for (let at = 0; at < objects; at += 1) {
      const { url } = await server.client.presign('PUT', `object-${at}`, { expires: 3600 });
      targets.push(url.slice(url.indexOf('/', 'http://'.length)));
    }
    return {
      comparisons: [...floors].map(([writers, floor]) => compare(server, targets, writers, floor)),
      close: () => server.stop(),
    };
  },
};

function compare(
  server: BenchServer,
  targets: readonly string[],
  writers: number,
  floor: number,
): Comparison {
  return {
    name: `${writers} ${writers === 1 ? 'writer' : 'writers'}`,
    unit: 'PUT/s',
    ours: {
      name: 'osskeep',
      measure: () =>
        runLoad({
          endpoint: server.endpoint,
          pid: server.pid,
          targets,
          method: 'PUT',
          bodyBytes: bytes,
          connections: writers,
          seconds,
          cores: '1',
        }),
    },
    peers: [
      {
        name: 'file, fdatasync, fsync',
        measure: async () => ({ rate: await writeFiles(writers, bytes, objects, seconds) }),
      },
    ],
    floor,
    aim: 4,
  };
}
