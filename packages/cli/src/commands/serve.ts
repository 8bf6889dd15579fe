// `osskeep serve`: runs the server until a signal. stdout gets exactly one line, `ready URL…`, when
// it answers; everything else (logs, a new root key) goes to stderr.
import type { Osskeep, StartOptions } from '@osskeep/server';
import { type Command, Option } from 'commander';
import { ActionError, CommandError, UsageError } from '../failures.ts';
import { collectCname, collectList } from '../name-value.ts';
import { settingsIn } from '../settings-in.ts';
import { stopSignal } from '../stop-signal.ts';

interface ServeOptions {
  readonly listen: string;
  readonly data: string;
  readonly region: string;
  readonly domain?: string[];
  readonly cname?: Record<string, string>;
  readonly defaultBucket?: string;
  readonly blockPublicAccess?: 'on' | 'off';
  readonly config?: string;
  readonly logLevel: 'silent' | 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace';
}

const after = `
The root key is OSS_ACCESS_KEY_ID with OSS_ACCESS_KEY_SECRET. Without them the key of an earlier
start is kept; the first start makes one and shows it once, on stderr.

OSSKEEP_MASTER_KEY, 32 bytes in base64, encrypts the stored secrets; without it a key is kept in the
data folder.

The server stops on Ctrl-C or SIGTERM, after the requests under way; a second signal stops it
at once.

Examples:
  osskeep serve
  osskeep serve --listen 0.0.0.0:6770 --data /srv/osskeep --log-level warn
  osskeep serve --listen 127.0.0.1:0                 any free port; the ready line names it
  osskeep serve --domain oss.example.test --cname static.example.test=site
`;

export function addServeCommand(program: Command): void {
  program
    .command('serve')
    .summary('run the server')
    .description('Runs the server. Prints "ready URL" when it answers.')
    .addOption(
      new Option('--listen <host:port>', 'address to listen on; port 0 picks a free one')
        .env('OSSKEEP_LISTEN')
        .default('127.0.0.1:6770'),
    )
    .addOption(
      new Option('--data <folder>', 'folder that holds everything')
        .env('OSSKEEP_DATA')
        .default('./.osskeep'),
    )
    .addOption(
      new Option('--region <id>', 'region the server is')
        .env('OSSKEEP_REGION')
        .default('cn-hangzhou'),
    )
    .addOption(
      new Option('--domain <base>', 'further domain with buckets as subdomains; repeatable')
        .env('OSSKEEP_DOMAIN')
        .argParser(collectList),
    )
    .addOption(
      new Option('--cname <domain=bucket>', 'custom domain bound to a bucket; repeatable')
        .env('OSSKEEP_CNAME')
        .argParser(collectCname),
    )
    .addOption(
      new Option('--default-bucket <bucket>', 'bucket of requests that name none').env(
        'OSSKEEP_DEFAULT_BUCKET',
      ),
    )
    .addOption(
      new Option('--block-public-access <on|off>', 'refuse public ACLs (default: on)')
        .env('OSSKEEP_BLOCK_PUBLIC_ACCESS')
        .choices(['on', 'off']),
    )
    .addOption(new Option('--config <file>', 'settings in YAML').env('OSSKEEP_CONFIG'))
    .addOption(
      new Option('--log-level <level>', 'how much to log, as JSON lines on stderr')
        .env('OSSKEEP_LOG_LEVEL')
        .choices(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'])
        .default('info'),
    )
    .addHelpText('after', after)
    .action(serve);
}

function rootKeyFromEnvironment(): StartOptions['rootKey'] {
  const accessKeyId = process.env['OSS_ACCESS_KEY_ID'];
  const accessKeySecret = process.env['OSS_ACCESS_KEY_SECRET'];
  if (!accessKeyId && !accessKeySecret) return undefined;
  if (!accessKeyId || !accessKeySecret) {
    const missing = accessKeyId ? 'OSS_ACCESS_KEY_SECRET' : 'OSS_ACCESS_KEY_ID';
    throw new UsageError(`${missing} is missing: the root key needs both its id and its secret.`);
  }
  return { accessKeyId, accessKeySecret };
}

async function startOptions(options: ServeOptions, command: Command): Promise<StartOptions> {
  const rootKey = rootKeyFromEnvironment();
  const masterKey = process.env['OSSKEEP_MASTER_KEY'];
  const fileHas = await settingsIn(options.config);
  // A default of ours must not hide what the file says; a flag and the environment may.
  const counts = (name: 'listen' | 'data' | 'region'): boolean =>
    command.getOptionValueSource(name) !== 'default' || !fileHas(name);
  return {
    log: options.logLevel,
    ...(counts('listen') ? { listen: options.listen } : {}),
    ...(counts('data') ? { data: options.data } : {}),
    ...(counts('region') ? { region: options.region } : {}),
    ...(options.domain === undefined ? {} : { domains: options.domain }),
    ...(options.cname === undefined ? {} : { cnames: options.cname }),
    ...(options.defaultBucket === undefined ? {} : { defaultBucket: options.defaultBucket }),
    ...(options.blockPublicAccess === undefined
      ? {}
      : { blockPublicAccess: options.blockPublicAccess === 'on' }),
    ...(options.config === undefined ? {} : { configFile: options.config }),
    ...(rootKey === undefined ? {} : { rootKey }),
    ...(masterKey === undefined ? {} : { masterKey }),
  };
}

/** The server words its own refusals for a person; anything else is named as what it is. */
function startFailure(error: unknown): Error {
  const { name, message } = error as Error;
  return name === 'ConfigurationError' || name === 'DirectoryInUseError'
    ? new CommandError(message, { cause: error })
    : new ActionError('Cannot start the server', { cause: error });
}

function showNewRootKey(osskeep: Osskeep): void {
  if (!osskeep.rootKeyCreated || osskeep.accessKeySecret === undefined) return;
  process.stderr.write(
    'A root access key was made. Its secret is shown only this once:\n' +
      `  OSS_ACCESS_KEY_ID=${osskeep.accessKeyId}\n` +
      `  OSS_ACCESS_KEY_SECRET=${osskeep.accessKeySecret}\n`,
  );
}

async function serve(options: ServeOptions, command: Command): Promise<void> {
  const settings = await startOptions(options, command);
  const stop = stopSignal();
  const { startOsskeep } = await import('@osskeep/server');
  let osskeep: Osskeep;
  try {
    osskeep = await startOsskeep(settings);
  } catch (error) {
    throw startFailure(error);
  }
  showNewRootKey(osskeep);
  process.stdout.write(`ready ${osskeep.addresses.join(' ')}\n`);
  await stop;
  await osskeep.stop();
  process.exit(0);
}
