// P1: downloads through signed URLs, V4 against nginx's secure_link; 10,000 links to 10,000 objects.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runLoad } from '../harness/load.ts';
import { type BenchServer, startServer } from '../harness/server.ts';
import type { Comparison, Workload } from '../harness/workload.ts';
import { type NginxPeer, startNginx } from '../peers/nginx.ts';

const links = 10_000;
const connections = 32;
const seconds = 4;
const atOnce = 64;
const cores = { server: '0', load: '1' };

export const signedGet: Workload = {
  id: 'P1',
  title: 'signed GET, V4 against nginx secure_link over files, one worker each',
  open: async () => {
    const server = await startServer(cores.server);
    const nginx = await startNginx(cores.server);
    const comparisons: Comparison[] = [];
    for (const kib of [1, 4]) comparisons.push(await compare(server, nginx, kib));
    return {
      comparisons,
      close: async () => {
        await server.stop();
        await nginx.stop();
      },
    };
  },
};

async function compare(server: BenchServer, nginx: NginxPeer, kib: number): Promise<Comparison> {
  const body = Buffer.alloc(kib * 1024, 'x');
  const names = Array.from({ length: links }, (_, at) => `object-${kib}k-${at}.bin`);
  for (const name of names) writeFileSync(join(nginx.files, name), body);
  const ours = await signedTargets(server, names, body);
  const theirs = names.map((name) => nginx.link(name));
  const load = (target: BenchServer | NginxPeer, targets: readonly string[]) =>
    runLoad({
      endpoint: target.endpoint,
      pid: target.pid,
      targets,
      connections,
      seconds,
      cores: cores.load,
    });
  return {
    name: `${kib} KiB`,
    unit: 'requests/s',
    ours: { name: 'osskeep', measure: () => load(server, ours) },
    peers: [{ name: 'nginx secure_link', measure: () => load(nginx, theirs) }],
    floor: 0.5,
    aim: 1,
  };
}

/** Stores the objects and signs a link to each; only path and query are kept. */
export async function signedTargets(
  { client }: Pick<BenchServer, 'client'>,
  names: readonly string[],
  body: Buffer,
): Promise<string[]> {
  const targets: string[] = [];
  for (let from = 0; from < names.length; from += atOnce) {
    const some = names.slice(from, from + atOnce);
    await Promise.all(some.map((name) => client.putObject(name, body)));
    for (const name of some) {
      const { url } = await client.presign('GET', name, { expires: 3600 });
      targets.push(url.slice(url.indexOf('/', 'http://'.length)));
    }
  }
  return targets;
}
