// Which tools this machine has. What is missing is said, and skips the tests that need it; where nothing
// may be skipped it fails them.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromiumPath } from '../../support/chromium.ts';
import { missingPython, nothingMayBeSkipped } from '../../support/python.ts';

export const root: string = fileURLToPath(new URL('../../..', import.meta.url));
export const seed: string = `${root}conformance/seed`;
export const cache: string = `${root}.cache/seed`;

/** Every signer with every scenario, every receiver with every URL; else one of each kind. */
export const isComplete: boolean =
  process.env['OSSKEEP_SEED'] === 'complete' || nothingMayBeSkipped;

/** Why the programs cannot be run; undefined: they can. */
export function missingPrograms(...programs: readonly string[]): string | undefined {
  const missing = programs.filter((program) => !isInstalled(program));
  return missing.length === 0 ? undefined : `no ${missing.join(', no ')} on this machine`;
}

function isInstalled(program: string): boolean {
  try {
    execFileSync('sh', ['-c', 'command -v "$0"', program], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Why what `script` builds cannot be used: not built, or built from other sources than these. */
function missingBuild(folder: string, script: string): string | undefined {
  const record = `${cache}/${folder}/built-from`;
  if (!existsSync(record)) return `nothing in .cache/seed/${folder}; run scripts/${script}`;
  for (const line of readFileSync(record, 'utf8').trim().split('\n')) {
    const [sum, path = ''] = line.split(/\s+/);
    if (sum !== sha256(`${root}${path}`)) {
      return `.cache/seed/${folder} was built from another ${path}; run scripts/${script}`;
    }
  }
  return undefined;
}

function sha256(path: string): string | undefined {
  if (!existsSync(path)) return undefined;
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

/** Loads the classes of the PHP SDK V1, from the folder that OSSKEEP_PHP_SDK names. */
export const phpLoader: string | undefined = ['vendor/autoload.php', 'autoload.php']
  .map((file) => resolve(process.env['OSSKEEP_PHP_SDK'] || '/nowhere', file))
  .find((file) => existsSync(file));

export const missing = {
  python: missingPython,
  goSdks: missingBuild('go', 'seed-go.sh'),
  javaSdk: missingPrograms('java') ?? missingBuild('java', 'seed-java.sh'),
  go: missingPrograms('go'),
  jdk: missingPrograms('java', 'javac', 'keytool'),
  curl: missingPrograms('curl'),
  chromium: existsSync(chromiumPath) ? missingPrograms('certutil') : `no ${chromiumPath}`,
  phpSdk:
    phpLoader === undefined
      ? 'OSSKEEP_PHP_SDK names no folder of the PHP SDK V1 with its autoload.php'
      : (missingPrograms('php') ?? missingPhpCurl()),
} as const;

/** The SDK refuses to start without this extension. */
function missingPhpCurl(): string | undefined {
  const modules = execFileSync('php', ['-m'], { encoding: 'utf8' });
  return /^curl$/im.test(modules) ? undefined : 'php has no curl extension (Debian: php-curl)';
}
