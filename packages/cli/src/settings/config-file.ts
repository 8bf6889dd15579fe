// The configuration file that osskeep shares with ossutil: where it is, and what a profile of it
// says. ossutil 2 writes `[default]` and `[profile NAME]`, ossutil 1 `[Credentials]` with
// `[Bucket-Endpoint]` and `[Bucket-Cname]`.
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { CommandError, UsageError } from '../failures/failures.ts';
import { type IniValues, lookUp, readIni } from './ini.ts';

/** Read whole: a file of settings is small. */
const bytesMax = 1024 * 1024;

export const defaultConfigFile = '~/.ossutilconfig';

/** `~/` is the user's folder, also where no shell has replaced it. */
export function expandHome(path: string): string {
  return path.startsWith('~/') ? join(homedir(), path.slice(2)) : path;
}

/** What a profile can say; every part may be missing. */
export interface Profile {
  readonly accessKeyId?: string | undefined;
  readonly accessKeySecret?: string | undefined;
  readonly stsToken?: string | undefined;
  readonly region?: string | undefined;
  readonly endpoint?: string | undefined;
  readonly addressingStyle?: string | undefined;
  readonly signVersion?: string | undefined;
  /** How ossutil is to get credentials; only those that stand in the file can be used here. */
  readonly mode?: string | undefined;
}

export interface ConfigFile {
  readonly path: string;
  readonly profile: Profile;
  /** ossutil 1: a bucket's own endpoint, and a custom domain it is reached by. */
  readonly bucketEndpoint: (bucket: string) => string | undefined;
  readonly bucketCname: (bucket: string) => string | undefined;
}

export interface ConfigChoice {
  /** As given; the default file may be missing, a named one may not. */
  readonly configFile?: string | undefined;
  readonly profile?: string | undefined;
}

/** Plain names of each setting, ossutil 1's own ones last. */
const names: Readonly<Record<keyof Profile, readonly string[]>> = {
  accessKeyId: ['accesskeyid', 'accessid'],
  accessKeySecret: ['accesskeysecret', 'accesskey'],
  stsToken: ['ststoken'],
  region: ['region'],
  endpoint: ['endpoint', 'host'],
  addressingStyle: ['addressingstyle'],
  signVersion: ['signversion'],
  mode: ['mode'],
};

function readText(path: string, isNamed: boolean): string {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' && !isNamed) return '';
    if (code === 'ENOENT') {
      throw new UsageError(
        `There is no configuration file ${path}; \`osskeep config -c\` makes one`,
      );
    }
    throw new CommandError(`The configuration file ${path} cannot be read: ${message}`, {
      cause: error,
    });
  }
  if (text.length > bytesMax) throw new UsageError(`${path} is too large for a configuration file`);
  return text;
}

/** The section of a profile, by both of its names. */
function sectionOf(sections: ReadonlyMap<string, IniValues>, name: string): IniValues | undefined {
  const plain = name.toLowerCase();
  const section = sections.get(`profile ${plain}`) ?? sections.get(plain);
  return section ?? (plain === 'default' ? sections.get('credentials') : undefined);
}

function profileNames(sections: ReadonlyMap<string, IniValues>): string[] {
  const found = [...sections.keys()].map((name) =>
    name === 'credentials' ? 'default' : /^(?:profile )?(\S+)$/.exec(name)?.[1],
  );
  return [...new Set(found)].filter(
    (name) => name !== undefined && !/^bucket-/.test(name),
  ) as string[];
}

/** A profile's section, then that of its `source-profile`, and so on: the first that says it counts. */
function chainOf(
  sections: ReadonlyMap<string, IniValues>,
  path: string,
  named: string | undefined,
): IniValues[] {
  const chain: IniValues[] = [];
  const seen = new Set<string>();
  for (let name = named ?? 'default'; !seen.has(name.toLowerCase()); ) {
    seen.add(name.toLowerCase());
    const section = sectionOf(sections, name);
    if (section === undefined) {
      if (named === undefined && chain.length === 0) break;
      const there = profileNames(sections).join(', ') || 'none';
      throw new UsageError(`There is no profile "${name}" in ${path} (there: ${there})`);
    }
    chain.push(section);
    name = lookUp(section, ['sourceprofile']) ?? name;
  }
  return chain;
}

/** Reads the file; throws UsageError where a file or profile that was named is not there. */
export function readConfigFile(choice: ConfigChoice): ConfigFile {
  const path = expandHome(choice.configFile ?? defaultConfigFile);
  const sections = readIni(readText(path, choice.configFile !== undefined));
  const chain = chainOf(sections, path, choice.profile);
  const read = (plainNames: readonly string[]): string | undefined =>
    chain.map((section) => lookUp(section, plainNames)).find((value) => value !== undefined);
  return {
    path,
    profile: Object.fromEntries(
      Object.entries(names).map(([setting, plainNames]) => [setting, read(plainNames)]),
    ),
    bucketEndpoint: (bucket) => sections.get('bucket-endpoint')?.get(bucket) || undefined,
    bucketCname: (bucket) => sections.get('bucket-cname')?.get(bucket) || undefined,
  };
}
