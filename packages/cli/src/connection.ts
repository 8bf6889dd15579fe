// The options every command that speaks to a server shares, with ossutil's names and environment
// variables, and the client they make. A flag wins over the environment.
import type { OssClient } from '@osskeep/client';
import { type Command, Option } from 'commander';
import { UsageError } from './failures.ts';

export interface ConnectionOptions {
  readonly endpoint: string;
  readonly region: string;
  readonly accessKeyId?: string;
  readonly accessKeySecret?: string;
  readonly stsToken?: string;
  readonly signVersion: 'v1' | 'v4';
  readonly addressingStyle?: 'virtual' | 'path' | 'cname';
}

/** Adds the connection options to a command. */
export function withConnection(command: Command): Command {
  return command
    .optionsGroup('Connection:')
    .addOption(
      new Option('-e, --endpoint <url>', 'server to speak to')
        .env('OSS_ENDPOINT')
        .default('http://127.0.0.1:6770'),
    )
    .addOption(
      new Option('--region <id>', 'region the signature is made for')
        .env('OSS_REGION')
        .default('cn-hangzhou'),
    )
    .addOption(new Option('-i, --access-key-id <id>', 'access key').env('OSS_ACCESS_KEY_ID'))
    .addOption(
      new Option(
        '-k, --access-key-secret <secret>',
        'its secret; the environment is safer, other users can see arguments',
      ).env('OSS_ACCESS_KEY_SECRET'),
    )
    .addOption(
      new Option('-t, --sts-token <token>', 'token of a temporary credential').env(
        'OSS_SESSION_TOKEN',
      ),
    )
    .addOption(
      new Option('--sign-version <version>', 'signature version')
        .choices(['v4', 'v1'])
        .default('v4'),
    )
    .addOption(
      new Option(
        '--addressing-style <style>',
        'where the bucket is named (default: path for IP addresses and localhost, else virtual)',
      ).choices(['virtual', 'path', 'cname']),
    );
}

/** The client for these options. Loaded here, so that `--help` and `serve` need not wait for it. */
export async function connect(options: ConnectionOptions, bucket: string): Promise<OssClient> {
  const { accessKeyId, accessKeySecret, stsToken, addressingStyle } = options;
  // An empty variable counts as absent, as it does for ossutil.
  if (!accessKeyId || !accessKeySecret) {
    throw new UsageError(
      'No access key is given. Set OSS_ACCESS_KEY_ID and OSS_ACCESS_KEY_SECRET, or give -i and -k.',
    );
  }
  const { OssClient: Client } = await import('@osskeep/client');
  return new Client({
    endpoint: options.endpoint,
    region: options.region,
    bucket,
    credentials: {
      accessKeyId,
      accessKeySecret,
      ...(stsToken ? { securityToken: stsToken } : {}),
    },
    signatureVersion: options.signVersion,
    ...(addressingStyle === 'cname' ? { cname: true } : {}),
    ...(addressingStyle === 'virtual' || addressingStyle === 'path'
      ? { addressing: addressingStyle }
      : {}),
  });
}
