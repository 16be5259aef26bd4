import {
  type DividedCommunity,
  divideCommunity,
  type PartitionOrder,
} from '../../geodata/pipeline/divide-community.ts';

/** A worker thread: one community to divide in, its grids out. */
export default (order: PartitionOrder): DividedCommunity => divideCommunity(order, () => performance.now());
