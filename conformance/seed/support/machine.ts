// The official host's machine with everything on it that the suite signs and reads.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OfficialHost } from './official-host.ts';
import type { Platform } from './receivers.ts';
import { account, cnames, region, type VersionIds } from './stage.ts';
import { seed } from './toolchain.ts';

export const official = `https://oss-${region}.aliyuncs.com`;
export const internal = `https://oss-${region}-internal.aliyuncs.com`;

export interface Machine {
  /** Both sides see its files. */
  readonly folder: string;
  readonly platform: Platform;
  readonly versionIds: VersionIds;
  stop(): Promise<void>;
}

export async function startMachine(): Promise<Machine> {
  const folder = mkdtempSync(join(tmpdir(), 'osskeep-official-'));
  const config = join(folder, 'osskeep.yaml');
  writeFileSync(config, JSON.stringify({ accounts: [account] }));
  const bindings = Object.entries(cnames);
  const options = bindings.flatMap(([domain, bucket]) => [
    ...['--bucket', bucket],
    ...['--cname', `${domain}=${bucket}`],
  ]);
  const host = new OfficialHost(['--config', config, ...options]);
  const stop = async (): Promise<void> => {
    await host.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const program = ['--conditions=osskeep-source', `${seed}/node/prepare.ts`];
    const prepared = await host.run(process.execPath, program, { input: official });
    if (prepared.status !== 0) throw new Error(prepared.stderr);
    const home = await host.run('sh', ['-c', 'printf %s "$OSSKEEP_BROWSER_HOME"']);
    // The script has set everything: the programs run as anyone would run them.
    const browser = { flags: [], home: home.stdout };
    const platform = { run: host.run, env: {}, java: [], browser };
    return { folder, platform, versionIds: JSON.parse(prepared.stdout) as VersionIds, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
