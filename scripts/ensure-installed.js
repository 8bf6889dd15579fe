// Installs the dependencies once, before `npm start` and `npm test`. Plain JavaScript for the
// Node that is on the machine (20 or newer); the Node that runs osskeep comes with the install.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const mark = `${root}node_modules/.installed`;
const wanted = createHash('sha256')
  .update(readFileSync(`${root}package-lock.json`))
  .digest('hex');

let installed = '';
try {
  installed = readFileSync(mark, 'utf8');
} catch {
  // Never installed.
}
if (installed !== wanted) {
  console.error('Installing dependencies (once)…');
  const done = spawnSync('npm', ['ci', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (done.status !== 0) process.exit(done.status ?? 1);
  writeFileSync(mark, wanted);
}
