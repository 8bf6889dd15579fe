// The program of a worker process.
import module from 'node:module';

module.enableCompileCache();
const { runWorker } = await import('./worker.ts');
runWorker();
