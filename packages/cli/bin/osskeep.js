#!/usr/bin/env node
// The command's entry. Plain JavaScript, so that the link npm makes exists before any build.
// In the workspace it runs the TypeScript sources: the condition has to reach worker processes
// too, so it is set on the process itself, not through a loader hook.
import { enableCompileCache } from 'node:module';

const source = '--conditions=osskeep-source';
const given = [...process.execArgv, process.env.NODE_OPTIONS ?? ''];
if (!import.meta.url.includes('/node_modules/') && !given.some((a) => a.includes(source))) {
  const args = [process.execPath, source, ...process.execArgv, ...process.argv.slice(1)];
  process.execve?.(process.execPath, args, process.env);
}
enableCompileCache();
await import('osskeep/main');
