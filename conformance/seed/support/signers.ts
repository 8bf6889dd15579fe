// The signers: official SDKs in their own languages, each driven by one small program of ours that reads
// jobs and prints URLs. All of a signer's jobs go through one process.
import { python } from '../../support/python.ts';
import type { Done, RunOptions } from '../../support/run.ts';
import type { Answer, Job, Keys, SignatureVersion } from './job.ts';
import { cache, missing, phpLoader, seed } from './toolchain.ts';

export interface Signer {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly versions: readonly SignatureVersion[];
  /** Why it cannot be run here. */
  readonly missing: string | undefined;
  /** Ids of jobs that its SDK has no call for, apart from the signature version. */
  readonly noSuchCall?: readonly string[];
  /** It cannot be had from a registry, so its absence skips even where nothing may be skipped. */
  readonly mayBeMissing?: true;
}

const node = (script: string): Pick<Signer, 'program' | 'args'> => ({
  program: process.execPath,
  args: ['--conditions=osskeep-source', `${seed}/node/${script}`],
});
const both: readonly SignatureVersion[] = ['V4', 'V1'];

export const signers: readonly Signer[] = [
  { name: 'osskeep client', ...node('sign-osskeep.ts'), versions: both, missing: undefined },
  {
    name: 'ali-oss',
    ...node('sign-ali-oss.ts'),
    versions: both,
    missing: undefined,
    noSuchCall: ['environment'],
  },
  {
    name: 'Python oss2',
    program: python,
    args: [`${seed}/python/sign_oss2.py`],
    versions: both,
    missing: missing.python,
  },
  {
    name: 'Python alibabacloud-oss-v2',
    program: python,
    args: [`${seed}/python/sign_oss_v2.py`],
    versions: both,
    missing: missing.python,
  },
  {
    name: 'Go SDK V1',
    program: `${cache}/go/sdk-v1`,
    args: [],
    versions: both,
    missing: missing.goSdks,
  },
  {
    name: 'Go SDK V2',
    program: `${cache}/go/sdk-v2`,
    args: [],
    versions: both,
    missing: missing.goSdks,
  },
  {
    name: 'Java SDK',
    program: 'java',
    args: ['-cp', `${cache}/java/classes:${cache}/java/lib/*`, 'SignUrls'],
    versions: both,
    missing: missing.javaSdk,
  },
  {
    name: 'PHP SDK V1',
    program: 'php',
    args: [`${seed}/php/sign-url.php`, phpLoader ?? ''],
    versions: both,
    missing: missing.phpSdk,
    mayBeMissing: true,
  },
];

export type Run = (program: string, args: readonly string[], options?: RunOptions) => Promise<Done>;

/** The variables that every SDK's own provider reads. */
export function environmentOf({ accessKeyId, accessKeySecret }: Keys): Record<string, string> {
  return { OSS_ACCESS_KEY_ID: accessKeyId, OSS_ACCESS_KEY_SECRET: accessKeySecret };
}

/** Runs the signer on all jobs; `environment` is the pair that its own provider finds. */
export async function sign(
  run: Run,
  signer: Signer,
  jobs: readonly Job[],
  environment: Keys,
): Promise<ReadonlyMap<string, Answer>> {
  const options = { input: JSON.stringify(jobs), env: environmentOf(environment) };
  const done = await run(signer.program, signer.args, options);
  if (done.status !== 0)
    throw new Error(`${signer.name} ended with ${done.status}: ${done.stderr}`);
  const answers = JSON.parse(done.stdout) as Answer[];
  return new Map(answers.map((answer) => [answer.id, answer]));
}
