// `osskeep config`: writes settings into the file that later commands read, ossutil's own.
import { type Command, Option } from 'commander';
import { attempt, UsageError } from '../failures/failures.ts';
import { print } from '../output/print.ts';
import { defaultConfigFile, expandHome, readConfigFile } from '../settings/config-file.ts';
import { addressingStyles, defaultEndpoint, defaultRegion } from '../settings/connection.ts';
import { sectionName, writeConfigFile } from '../settings/write-config-file.ts';

interface ConfigOptions {
  readonly configFile?: string;
  readonly profile?: string;
  readonly endpoint?: string;
  readonly region?: string;
  readonly accessKeyId?: string;
  readonly accessKeySecret?: string;
  readonly stsToken?: string;
  readonly addressingStyle?: string;
  readonly signVersion?: string;
  readonly language?: string;
}

const after = `
Without flags it asks, on a terminal. Enter keeps what is shown; the secret is not shown while it is
typed. With flags it writes only what they say. Other profiles, and lines it does not know, stay.

Later commands take a flag first, then an environment variable, then this file.

Examples:
  osskeep config
  osskeep config -e http://127.0.0.1:6770 -i LTAIEXAMPLE -k EXAMPLESECRET
  osskeep config --profile backup --region cn-beijing -e https://oss.example.com
  osskeep ls --profile backup
`;

/** Settings in the order they are written, under ossutil's names. */
const settings = {
  accessKeyId: 'accessKeyID',
  accessKeySecret: 'accessKeySecret',
  stsToken: 'stsToken',
  region: 'region',
  endpoint: 'endpoint',
  addressingStyle: 'addressingStyle',
  signVersion: 'signVersion',
  language: 'language',
} as const;

export function addConfigCommand(program: Command): void {
  program
    .command('config')
    .summary('write down endpoint and keys')
    .description(
      'Writes endpoint, region and keys into ~/.ossutilconfig, which ossutil reads, too.',
    )
    .addOption(
      new Option('-c, --config-file <file>', 'the file (default: ~/.ossutilconfig)').env(
        'OSSUTIL_CONFIG_FILE',
      ),
    )
    .addOption(
      new Option('--profile <name>', 'the settings to write (default: default)').env(
        'OSSUTIL_PROFILE',
      ),
    )
    .option('-e, --endpoint <url>', 'server to speak to')
    .option('--region <id>', 'region the signature is made for')
    .option('-i, --access-key-id <id>', 'access key')
    .option('-k, --access-key-secret <secret>', 'its secret; other users can see arguments')
    .option('-t, --sts-token <token>', 'token of a temporary credential')
    .addOption(
      new Option('--addressing-style <style>', 'where the bucket is named').choices(
        addressingStyles,
      ),
    )
    .addOption(new Option('--sign-version <version>', 'signature version').choices(['v4', 'v1']))
    .option('--language <language>', 'kept for ossutil; osskeep speaks English')
    .addHelpText('after', after)
    .action(config);
}

/** What a profile says now; nothing of one that is not there yet. */
function presentSettings(options: ConfigOptions) {
  try {
    return readConfigFile(options).profile;
  } catch (error) {
    if (error instanceof UsageError) return {};
    throw error;
  }
}

async function answers(options: ConfigOptions): Promise<Record<string, string>> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    throw new UsageError('There is no terminal to ask on; give -e, --region, -i and -k');
  }
  const { Questions } = await import('../settings/ask.ts');
  const present = presentSettings(options);
  using questions = new Questions();
  const found = {
    accessKeyID: await questions.ask('Access Key ID', present.accessKeyId),
    accessKeySecret: await questions.askSecret('Access Key Secret', present.accessKeySecret),
    region: await questions.ask('Region', present.region ?? defaultRegion),
    endpoint: await questions.ask('Endpoint', present.endpoint ?? defaultEndpoint),
  };
  if (found.accessKeyID === '' || found.accessKeySecret === '') {
    throw new UsageError('A key needs both its id and its secret; nothing was written');
  }
  return found;
}

async function config(options: ConfigOptions): Promise<void> {
  const profile = options.profile ?? 'default';
  sectionName(profile);
  const path = expandHome(options.configFile ?? defaultConfigFile);
  const said = (Object.keys(settings) as (keyof typeof settings)[])
    .filter((name) => options[name] !== undefined)
    .map((name) => [settings[name], options[name] ?? ''] as const);
  const values = said.length > 0 ? Object.fromEntries(said) : await answers(options);
  await attempt(`write ${path}`, () => writeConfigFile(path, profile, values));
  await print(`Wrote the profile "${profile}" to ${path}\n`);
}
