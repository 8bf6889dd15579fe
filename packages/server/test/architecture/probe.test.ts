import { globSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { test } from 'vitest';
import { arrowsBetween, fullFolders, unusedExports } from './rules.ts';
import { root, sourcesOf } from './sources.ts';

test('probe', () => {
  for (const p of ['protocol', 'client', 'server', 'cli']) {
    const base = join(root, 'packages', p, 'src');
    const s = sourcesOf(p);
    console.log(
      'FULL',
      p,
      fullFolders(
        base,
        s.map((x) => x.file),
      ).join('; '),
    );
    if (p !== 'protocol') {
      const tests = globSync('packages/*/test/**/*.ts', { cwd: root })
        .concat(globSync('{conformance,bench}/**/*.ts', { cwd: root }))
        .map((f) => readFileSync(join(root, f), 'utf8'))
        .join('\n');
      for (const u of unusedExports(base, s, ['index.ts', 'node/index.ts'], {})) {
        const n = u.split(': ')[1];
        console.log('UNUSED', p, u, new RegExp('\\b' + n + '\\b').test(tests) ? 'TEST' : 'nobody');
      }
    }
    const arrows = arrowsBetween(base, s);
    for (const [a, b] of arrows)
      if (arrows.some(([c, d]) => c === b && d === a) && a < b) console.log('BOTH', p, a, b);
  }
});
