// A worker of the server that crash tests kill.
import { runWorker } from '../../src/boot/workers/worker.ts';
import { crashingAt, type WorkerOrders, workerOrders } from './crash-points.ts';
import { fileSystemOf, metadataOf } from './mutants.ts';

const { mutant, point } = JSON.parse(process.env[workerOrders] ?? '') as WorkerOrders;
const crashing = crashingAt(point);

runWorker({
  fileSystem: crashing.fileSystem(fileSystemOf(mutant)),
  wrapMetadata: (metadata) => crashing.metadata(metadataOf(mutant)?.(metadata) ?? metadata),
});
