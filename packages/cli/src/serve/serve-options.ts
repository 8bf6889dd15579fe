// The flags of `osskeep serve`, and the server's settings they stand for. A flag or its variable wins
// over the configuration file; the defaults shown in the help lie below it.
import type { ConfigurationInput, StartOptions } from '@osskeep/server';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { collectCname, collectList } from '../arguments/name-value.ts';

type Switch = 'on' | 'off';

export interface ServeOptions {
  readonly listen: string;
  readonly data: string;
  readonly workers?: number;
  readonly region: string;
  readonly domain?: string[];
  readonly cname?: Record<string, string>;
  readonly cnameResolver?: string[];
  readonly defaultBucket?: string;
  readonly blockPublicAccess?: Switch;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly tlsSelfSigned?: Switch;
  readonly tlsListen?: string;
  readonly adminListen: string;
  readonly parity?: 'strict' | 'friendly';
  readonly headOnGetLinks?: Switch;
  readonly v4Only?: string[];
  readonly fastPath?: Switch;
  readonly config?: string;
  readonly logLevel: NonNullable<ConfigurationInput['log']>;
}

/** `--name`, `--name on`, `--name off`: a variable can switch it off as well. */
function switchOption(flag: string, text: string, variable: string): Option {
  return new Option(`${flag} [on|off]`, text).choices(['on', 'off']).preset('on').env(variable);
}

function parseCount(text: string): number {
  const count = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (count < 1) throw new InvalidArgumentError('Write a whole number, 1 or more.');
  return count;
}

/** In the order of the help. */
export function addServeOptions(command: Command): Command {
  const options = [...whereOptions(), ...namingOptions(), ...tlsOptions(), ...behaviourOptions()];
  for (const option of options) command.addOption(option);
  return command;
}

/** Where it listens, where it keeps what it has, and how many answer. */
function whereOptions(): Option[] {
  return [
    new Option('--listen <host:port>', 'address for HTTP; port 0 picks a free one; or: off')
      .env('OSSKEEP_LISTEN')
      .default('127.0.0.1:6770'),
    new Option('--data <folder>', 'folder that holds everything')
      .env('OSSKEEP_DATA')
      .default('./.osskeep'),
    new Option('--workers <n>', 'processes that answer requests (default: 1, the server itself)')
      .env('OSSKEEP_WORKERS')
      .argParser(parseCount),
  ];
}

/** What it is called, and how hosts name buckets. */
function namingOptions(): Option[] {
  return [
    new Option('--region <id>', 'region the server is')
      .env('OSSKEEP_REGION')
      .default('cn-hangzhou'),
    new Option('--domain <base>', 'further domain with buckets as subdomains; repeatable')
      .env('OSSKEEP_DOMAIN')
      .argParser(collectList),
    new Option('--cname <domain=bucket>', 'custom domain bound to a bucket; repeatable')
      .env('OSSKEEP_CNAME')
      .argParser(collectCname),
    new Option('--cname-resolver <host:port>', 'DNS server that proves domains; repeatable')
      .env('OSSKEEP_CNAME_RESOLVER')
      .argParser(collectList),
    new Option('--default-bucket <bucket>', 'bucket of requests that name none').env(
      'OSSKEEP_DEFAULT_BUCKET',
    ),
    new Option('--block-public-access <on|off>', 'refuse public ACLs (default: on)')
      .env('OSSKEEP_BLOCK_PUBLIC_ACCESS')
      .choices(['on', 'off']),
  ];
}

function tlsOptions(): Option[] {
  return [
    new Option('--tls-cert <file>', 'certificate for https with its chain, PEM').env(
      'OSSKEEP_TLS_CERT',
    ),
    new Option('--tls-key <file>', 'its private key, PEM').env('OSSKEEP_TLS_KEY'),
    switchOption(
      '--tls-self-signed',
      'https with a certificate authority of its own, kept in the data folder',
      'OSSKEEP_TLS_SELF_SIGNED',
    ),
    new Option('--tls-listen <host:port>', 'address for https (default: port 6772)').env(
      'OSSKEEP_TLS_LISTEN',
    ),
  ];
}

/** How it is watched, and how closely it follows the cloud. */
function behaviourOptions(): Option[] {
  return [
    new Option('--admin-listen <host:port>', 'address for health and metrics; or: off')
      .env('OSSKEEP_ADMIN_LISTEN')
      .default('127.0.0.1:6771'),
    new Option(
      '--parity <level>',
      'follow the cloud to the letter or be lenient (default: friendly)',
    )
      .env('OSSKEEP_PARITY')
      .choices(['strict', 'friendly']),
    switchOption(
      '--head-on-get-links',
      'links signed for GET answer HEAD as well',
      'OSSKEEP_HEAD_ON_GET_LINKS',
    ),
    new Option(
      '--v4-only <bucket>',
      'refuse older signatures in a bucket, or in all: *; repeatable',
    )
      .env('OSSKEEP_V4_ONLY')
      .argParser(collectList),
    new Option(
      '--fast-path <on|off>',
      "ordinary requests go around Node's HTTP server (default: on)",
    )
      .env('OSSKEEP_FAST_PATH')
      .choices(['on', 'off']),
    new Option('--config <file>', 'settings in YAML').env('OSSKEEP_CONFIG'),
    new Option('--log-level <level>', 'how much to log, as JSON lines on stderr')
      .env('OSSKEEP_LOG_LEVEL')
      .choices(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'])
      .default('info'),
  ];
}

/** Settings as the server takes them, apart by whether somebody said them. */
export function serveSettings(options: ServeOptions, command: Command): StartOptions {
  const isDefault = (name: keyof ServeOptions): boolean =>
    command.getOptionValueSource(name) === 'default';
  const said = <Value>(name: keyof ServeOptions, value: Value): Value | undefined =>
    isDefault(name) ? undefined : value;
  return {
    listen: said('listen', options.listen),
    data: said('data', options.data),
    workers: options.workers,
    region: said('region', options.region),
    domains: options.domain,
    cnames: options.cname,
    cnameResolver: options.cnameResolver,
    defaultBucket: options.defaultBucket,
    blockPublicAccess: isOn(options.blockPublicAccess),
    tls: {
      cert: options.tlsCert,
      key: options.tlsKey,
      selfSigned: isOn(options.tlsSelfSigned),
      listen: options.tlsListen,
    },
    admin: { listen: said('adminListen', options.adminListen) },
    parity: options.parity,
    headOnGetLinks: isOn(options.headOnGetLinks),
    v4Only: options.v4Only,
    fastPath: isOn(options.fastPath),
    log: said('logLevel', options.logLevel),
    defaults: {
      listen: options.listen,
      data: options.data,
      region: options.region,
      admin: { listen: options.adminListen },
      log: options.logLevel,
    },
  };
}

function isOn(value: Switch | undefined): boolean | undefined {
  return value === undefined ? undefined : value === 'on';
}
