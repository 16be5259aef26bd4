import type { CommunityCode, Worker, WorkerId } from '../../../geodata/model/index.ts';

/**
 * A new roster whose people keep the ids they had: plans name their grid workers by id. The same person is the one of the same
 * name in the same community; of several with one name the first is the first. New people get numbers never used before.
 */
export function withKnownIds(incoming: readonly Worker[], stored: readonly Worker[]): readonly Worker[] {
  const waiting = new Map<string, WorkerId[]>();
  const highest = new Map<CommunityCode, number>();
  const keyOf = (worker: Worker) => `${worker.communityCode} ${worker.name}`;
  for (const worker of stored) {
    waiting.set(keyOf(worker), [...(waiting.get(keyOf(worker)) ?? []), worker.id]);
    const number = Number(/(\d+)$/.exec(worker.id.slice(worker.communityCode.length))?.[1] ?? 0);
    highest.set(worker.communityCode, Math.max(number, highest.get(worker.communityCode) ?? 0));
  }
  return incoming.map((worker) => {
    const known = waiting.get(keyOf(worker))?.shift();
    if (known !== undefined) return { ...worker, id: known };
    const number = (highest.get(worker.communityCode) ?? 0) + 1;
    highest.set(worker.communityCode, number);
    return { ...worker, id: `${worker.communityCode}R${String(number).padStart(2, '0')}` as WorkerId };
  });
}
