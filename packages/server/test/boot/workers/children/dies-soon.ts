// A worker that starts as it should, and dies a moment after it has said so.
import { runWorker } from '../../../../src/boot/workers/worker.ts';

const send = process.send as (...words: unknown[]) => boolean;
process.send = function (this: NodeJS.Process, ...words: unknown[]): boolean {
  const [message] = words as [{ readonly type: string }];
  if (message.type === 'ready') setTimeout(() => process.kill(process.pid, 'SIGKILL'), 200);
  return Reflect.apply(send, this, words);
};
runWorker();
