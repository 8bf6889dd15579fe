// One Vitest project a package. Every path that resolves a package must know the condition
// `osskeep-source`, or a test would silently run a stale `dist`.
import { defaultClientConditions, defaultServerConditions } from 'vite';
import { defineConfig } from 'vitest/config';
import { nothingMayBeSkipped } from './testing/skips.ts';

const source = 'osskeep-source';

const project = (name: string, root: string) => ({
  extends: true as const,
  resolve: { conditions: [source, ...defaultClientConditions] },
  ssr: { resolve: { conditions: [source, ...defaultServerConditions] } },
  test: {
    name,
    root,
    include: [root === 'conformance' ? '**/*.test.ts' : 'test/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    environment: 'node',
    isolate: false,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});

export default defineConfig({
  test: {
    env: { NODE_OPTIONS: `--conditions=${source}` },
    projects: [
      project('protocol', 'packages/protocol'),
      project('client', 'packages/client'),
      project('server', 'packages/server'),
      project('cli', 'packages/cli'),
      project('conformance', 'conformance'),
    ],
    // Vitest leaves a core free; most of these tests wait for a child of theirs. The complete crash tests do
    // not: what they kill has to have both cores, or there is little under way when they do.
    ...(nothingMayBeSkipped ? {} : { maxWorkers: '100%' }),
    reporters: ['default', './testing/skip-reporter.ts'],
    coverage: { provider: 'v8', include: ['packages/*/src/**'] },
  },
});
