// The engines of a process that has its commits written by another, which holds the folder's lock.
import { join } from 'node:path';
import { openOrClose } from '../process/closing-stack.ts';
import type { ProcessEngines, WorkerEngineOptions } from './engines.ts';
import { blobOptions } from './open-embedded.ts';

export async function openWorkerEngines(options: WorkerEngineOptions): Promise<ProcessEngines> {
  const embedded = await import('../../engines/embedded/index.ts');
  const { data, epoch, masterKey, onLost } = options;
  return openOrClose(async (opened) => {
    const { CommitClient } = await embedded.commitSocket();
    const sink = await CommitClient.connect({ directory: data, epoch, onLost });
    opened.add(() => sink.close());
    const metadata = await embedded.openLmdbWorker(join(data, 'metadata'), sink);
    opened.add(() => metadata.close());
    const blobs = await embedded.FileBlobs.open(blobOptions(embedded, data, options));
    opened.add(() => blobs.close());
    return { metadata, blobs, masterKey, close: () => opened.close() };
  });
}
