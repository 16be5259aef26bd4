import {
  type DividedCommunity,
  divideCommunity,
  type PartitionOrder,
} from '../../geodata/pipeline/divide-community.ts';

/** Divides communities, several at a time in threads where `jobs` allows; results come in the order of the orders. */
export async function divideAll(
  orders: readonly PartitionOrder[],
  jobs: number,
  onDone: (divided: DividedCommunity) => void,
): Promise<DividedCommunity[]> {
  if (jobs > 1 && orders.length > 1) {
    const { divideInThreads } = await import('./divide-in-threads.ts');
    return divideInThreads(orders, jobs, onDone);
  }
  return orders.map((order) => {
    const divided = divideCommunity(order, () => performance.now());
    onDone(divided);
    return divided;
  });
}
