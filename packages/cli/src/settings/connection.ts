// The options every command that speaks to a server shares, with ossutil's names and environment
// variables, and the client they make. A flag wins over the environment, which wins over the
// configuration file.
import type { OssClient } from '@osskeep/client';
import { type Command, Option } from 'commander';
import { UsageError } from '../failures/failures.ts';
import type { ConfigFile, Profile } from './config-file.ts';

export interface ConnectionOptions {
  readonly endpoint?: string;
  readonly region?: string;
  readonly accessKeyId?: string;
  readonly accessKeySecret?: string;
  readonly stsToken?: string;
  readonly signVersion?: SignVersion;
  readonly addressingStyle?: AddressingStyle;
  readonly configFile?: string;
  readonly profile?: string;
}

export type SignVersion = 'v1' | 'v4';
export type AddressingStyle = 'virtual' | 'path' | 'cname';

const signVersions: readonly SignVersion[] = ['v4', 'v1'];
export const addressingStyles: readonly AddressingStyle[] = ['virtual', 'path', 'cname'];
export const defaultEndpoint = 'http://127.0.0.1:6770';
export const defaultRegion = 'cn-hangzhou';

/** Adds the connection options to a command. */
export function withConnection(command: Command): Command {
  return command
    .optionsGroup('Connection:')
    .addOption(
      new Option('-e, --endpoint <url>', `server to speak to (default: ${defaultEndpoint})`).env(
        'OSS_ENDPOINT',
      ),
    )
    .addOption(
      new Option(
        '--region <id>',
        `region the signature is made for (default: ${defaultRegion})`,
      ).env('OSS_REGION'),
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
      new Option('--sign-version <version>', 'signature version (default: v4)').choices(
        signVersions,
      ),
    )
    .addOption(
      new Option(
        '--addressing-style <style>',
        'where the bucket is named (default: path for IP addresses and localhost, else virtual)',
      ).choices(addressingStyles),
    )
    .addOption(
      new Option('-c, --config-file <file>', 'settings (default: ~/.ossutilconfig)').env(
        'OSSUTIL_CONFIG_FILE',
      ),
    )
    .addOption(
      new Option('--profile <name>', 'which of the settings in that file (default: default)').env(
        'OSSUTIL_PROFILE',
      ),
    );
}

/** What a client is made of, whoever said it. */
export interface Connection {
  readonly endpoint: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly stsToken: string | undefined;
  readonly signVersion: SignVersion;
  readonly addressingStyle: AddressingStyle | undefined;
}

type Credentials = Pick<Connection, 'accessKeyId' | 'accessKeySecret' | 'stsToken'>;

/**
 * Key, secret and token always come from one place: a token in the file does not belong to a key in
 * the environment.
 */
function credentialsOf(options: ConnectionOptions, file: ConfigFile): Credentials {
  const isSaid = options.accessKeyId !== undefined || options.accessKeySecret !== undefined;
  const { accessKeyId, accessKeySecret, stsToken } = isSaid ? options : file.profile;
  // An empty variable counts as absent, as it does for ossutil.
  if (accessKeyId && accessKeySecret) {
    return { accessKeyId, accessKeySecret, stsToken: stsToken || undefined };
  }
  const { mode } = file.profile;
  if (!isSaid && mode !== undefined && !/^(ak|ststoken)$/i.test(mode)) {
    throw new UsageError(
      `The profile in ${file.path} wants credentials of mode ${mode}; osskeep knows AK and StsToken`,
    );
  }
  throw new UsageError(
    'No access key is given. Set OSS_ACCESS_KEY_ID and OSS_ACCESS_KEY_SECRET, give -i and -k, ' +
      'or write them down with `osskeep config`.',
  );
}

function oneOf<Word extends string>(
  words: readonly Word[],
  text: string | undefined,
  name: string,
  file: ConfigFile,
): Word | undefined {
  if (text === undefined) return undefined;
  const word = words.find((known) => known === text.toLowerCase());
  if (word !== undefined) return word;
  throw new UsageError(`${name} in ${file.path} is "${text}"; it can be ${words.join(', ')}`);
}

/** `cn-hangzhou` of `oss-cn-hangzhou-internal.aliyuncs.com`: ossutil 1 keeps no region. */
function regionIn(endpoint: string | undefined): string | undefined {
  return /^(?:https?:\/\/)?oss-([a-z0-9-]+?)(?:-internal)?\.aliyuncs\.com\b/.exec(
    endpoint ?? '',
  )?.[1];
}

/** Where ossutil goes with a profile that names a region and no endpoint. */
function endpointIn({ region }: Profile): string | undefined {
  return region === undefined
    ? undefined
    : `https://oss-${region.replace(/^oss-/, '')}.aliyuncs.com`;
}

/** Flags and environment over the file over the defaults. */
export async function resolveConnection(
  options: ConnectionOptions,
  bucket: string,
): Promise<Connection> {
  const { readConfigFile } = await import('./config-file.ts');
  const file = readConfigFile(options);
  const credentials = credentialsOf(options, file);
  const { profile } = file;
  // A key that others said is not for the server that is only implied by the file's region.
  const isOfFile = credentials.accessKeyId === profile.accessKeyId;
  const cname = options.endpoint === undefined ? file.bucketCname(bucket) : undefined;
  const endpoint =
    options.endpoint ??
    cname ??
    file.bucketEndpoint(bucket) ??
    profile.endpoint ??
    (isOfFile ? endpointIn(profile) : undefined);
  return {
    ...credentials,
    endpoint: endpoint ?? defaultEndpoint,
    region: options.region ?? profile.region ?? regionIn(endpoint) ?? defaultRegion,
    signVersion:
      options.signVersion ?? oneOf(signVersions, profile.signVersion, 'sign-version', file) ?? 'v4',
    addressingStyle:
      options.addressingStyle ??
      (cname === undefined
        ? oneOf(addressingStyles, profile.addressingStyle, 'addressing-style', file)
        : 'cname'),
  };
}

/** Loaded here, so that `--help` and `serve` need not wait for it. */
export async function clientOf(connection: Connection, bucket: string): Promise<OssClient> {
  const { accessKeyId, accessKeySecret, stsToken, addressingStyle } = connection;
  const [{ OssClient: Client }, { nodeFetch }] = await Promise.all([
    import('@osskeep/client'),
    import('@osskeep/client/node'),
  ]);
  return new Client({
    endpoint: connection.endpoint,
    region: connection.region,
    bucket: bucket === '' ? undefined : bucket,
    credentials: { accessKeyId, accessKeySecret, securityToken: stsToken },
    signatureVersion: connection.signVersion,
    // Bytes are written as they are stored, and every key can be named.
    fetch: nodeFetch,
    ...(addressingStyle === 'cname' ? { cname: true } : {}),
    ...(addressingStyle === 'virtual' || addressingStyle === 'path'
      ? { addressing: addressingStyle }
      : {}),
  });
}

/** The client for these options; an empty `bucket` for what concerns the account. */
export async function connect(options: ConnectionOptions, bucket: string): Promise<OssClient> {
  return clientOf(await resolveConnection(options, bucket), bucket);
}
