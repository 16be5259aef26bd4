import { parentPort } from 'node:worker_threads';
import { divideCommunity, type PartitionOrder } from '../../geodata/pipeline/divide-community.ts';

parentPort!.on('message', (order: PartitionOrder) => {
  parentPort!.postMessage(divideCommunity(order, () => performance.now()));
});
