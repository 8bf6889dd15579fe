// A worker that starts as it should, and dies a moment later.
import { runWorker } from '../../../../src/boot/workers/worker.ts';

runWorker();
process.on('message', (message: { readonly type: string }) => {
  if (message.type === 'start') setTimeout(() => process.kill(process.pid, 'SIGKILL'), 400);
});
