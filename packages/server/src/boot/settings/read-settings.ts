// Joins where settings come from: what the caller gives (flags and environment) wins over the file, the
// file over the caller's defaults. Settings that are groups are joined name by name.
import { type Configuration, type ConfigurationInput, readConfiguration } from './configuration.ts';
import { readConfigurationFile } from './configuration-file.ts';

export interface SettingSources {
  readonly given: ConfigurationInput;
  readonly configFile: string | undefined;
  readonly defaults: ConfigurationInput;
}

export interface ReadSettings {
  readonly configuration: Configuration;
  /** Somebody wrote it down: it is no default. */
  isSaid(group: string, name: string): boolean;
}

const groups = ['tls', 'admin', 'limits'];

type Names = Readonly<Record<string, unknown>>;

export async function readSettings({
  given,
  configFile,
  defaults,
}: SettingSources): Promise<ReadSettings> {
  const fromFile = configFile === undefined ? {} : await readConfigurationFile(configFile);
  const said = join(fromFile, given as Names);
  const source = configFile ?? 'The configuration';
  return {
    configuration: readConfiguration(join(defaults as Names, said), source),
    isSaid: (group, name) => isGroup(said[group]) && said[group][name] !== undefined,
  };
}

function join(below: Names, above: Names): Names {
  const joined: Record<string, unknown> = { ...below };
  for (const [name, value] of Object.entries(above)) {
    if (value === undefined) continue;
    const under = joined[name];
    const isJoined = groups.includes(name) && isGroup(under) && isGroup(value);
    joined[name] = isJoined ? join(under, value) : value;
  }
  return joined;
}

function isGroup(value: unknown): value is Names {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
