// Tries to take the lock of a data folder, says what came of it, and holds it until told or killed.
import { lockDirectory } from '../../../src/engines/embedded/index.ts';

const [directory = '', address = ''] = process.argv.slice(2);

async function hear(): Promise<void> {
  await new Promise((resolve) => {
    process.stdin.once('data', resolve);
  });
}

process.stdout.write('ready\n');
await hear();
try {
  const lock = await lockDirectory(directory);
  if (address !== '') lock.announce([address]);
  process.stdout.write('held\n');
  await hear();
  await lock.release();
  process.stdout.write('released\n');
} catch (error) {
  process.stdout.write(`${(error as Error).name}: ${(error as Error).message}\n`);
}
process.stdin.destroy();
