// P5: what a request costs with two workers beside what it costs in one process: CPU seconds for 1,000
// signed downloads of 1 KiB.
import { runLoad } from '../harness/load.ts';
import { type BenchServer, startServer } from '../harness/server.ts';
import type { Sample, Workload } from '../harness/workload.ts';
import { signedTargets } from './signed-get.ts';

const links = 2_000;

export const twoWorkers: Workload = {
  id: 'P5',
  title: 'CPU of a signed GET of 1 KiB, two workers against one process, all cores shared',
  open: async () => {
    const one = await startServer('0,1');
    const two = await startServer('0,1', ['--workers', '2']);
    const names = Array.from({ length: links }, (_, at) => `object-${at}`);
    const body = Buffer.alloc(1024, 'x');
    const ofOne = await signedTargets(one, names, body);
    const ofTwo = await signedTargets(two, names, body);
    const load = (server: BenchServer, targets: readonly string[]): Promise<Sample> =>
      runLoad({
        endpoint: server.endpoint,
        pid: server.pid,
        targets,
        connections: 32,
        seconds: 2,
        cores: '0,1',
      });
    return {
      comparisons: [
        {
          name: 'CPU for 1,000 requests',
          unit: 'requests/s',
          ours: { name: 'two workers', measure: () => load(two, ofTwo) },
          peers: [{ name: 'one process', measure: () => load(one, ofOne) }],
          by: 'cpu',
          // Of single samples of one run, the ratio was 1.05 and 1.45.
          perRound: 5,
          isCeiling: true,
          floor: 1.4,
        },
      ],
      close: async () => {
        await one.stop();
        await two.stop();
      },
    };
  },
};
