// Writes a profile into the configuration file: every other line stays, and the file is for its owner
// alone, before a secret is in it.
import { randomBytes } from 'node:crypto';
import { open, readFile, realpath, rename, unlink } from 'node:fs/promises';
import { UsageError } from '../failures/failures.ts';
import { readIni, writeIni } from './ini.ts';

export function sectionName(profile: string): string {
  if (!/^[A-Za-z0-9_.-]{1,64}$/.test(profile)) {
    throw new UsageError(
      `"${profile}" is no name of a profile: use letters, digits, ".", "-", "_"`,
    );
  }
  return profile.toLowerCase() === 'default' ? 'default' : `profile ${profile.toLowerCase()}`;
}

async function readPresent(path: string): Promise<{ text: string; target: string }> {
  try {
    // A link stays a link: what it leads to is replaced.
    const target = await realpath(path);
    return { text: await readFile(target, 'utf8'), target };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { text: '', target: path };
    throw error;
  }
}

/** The section's name as it is written in the file, `[default]` also as `[profile default]`. */
function presentName(text: string, section: string): string {
  const sections = readIni(text);
  return section === 'default' && !sections.has(section) && sections.has('profile default')
    ? 'profile default'
    : section;
}

export async function writeConfigFile(
  path: string,
  profile: string,
  values: Readonly<Record<string, string>>,
): Promise<void> {
  for (const [name, value] of Object.entries(values)) {
    if (/[\r\n\0]/.test(value)) throw new UsageError(`${name} cannot hold a line end`);
  }
  const section = sectionName(profile);
  const { text, target } = await readPresent(path);
  const written = writeIni(text, presentName(text, section), values);
  const temporary = `${target}.${randomBytes(6).toString('hex')}`;
  try {
    await using file = await open(temporary, 'wx', 0o600);
    await file.writeFile(written);
    await file.sync();
    await rename(temporary, target);
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw error;
  }
}
