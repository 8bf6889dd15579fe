// A directory that goes when the test does.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

export async function temporaryDirectory(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'osskeep-engine-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}
