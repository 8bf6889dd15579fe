#!/usr/bin/env node
// The command's entry. Plain JavaScript, so that the link npm makes exists before any build.
// In the workspace it runs the TypeScript sources: the condition has to reach worker processes
// too, so it is set on the process itself, not through a loader hook.
import module from 'node:module';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    `osskeep: Node ${process.versions.node} is too old; osskeep needs 22.18 or newer. ` +
      'In a clone, `npx osskeep` brings its own.\n',
  );
  process.exit(1);
}

const source = '--conditions=osskeep-source';
const given = [...process.execArgv, process.env.NODE_OPTIONS ?? ''];
if (!import.meta.url.includes('/node_modules/') && !given.some((a) => a.includes(source))) {
  const args = [process.execPath, source, ...process.execArgv, ...process.argv.slice(1)];
  process.execve?.(process.execPath, args, process.env);
}
module.enableCompileCache();
await import('osskeep/main');
