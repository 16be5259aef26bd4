import { lookAtFiles } from './imports/look-at-files.ts';
import { readImportFiles } from './imports/read-files.ts';
import { cutFabricTask, mergeTask, partitionTask } from './tasks.ts';
import type { Work } from './work.ts';

/** The work done on the calling thread, one piece at a time between the event loop's turns: for tests and small machines. */
export function workHere(): Work {
  let last: Promise<unknown> = Promise.resolve();
  const queued = <Value>(task: () => Value | Promise<Value>, signal?: AbortSignal): Promise<Value> => {
    const result = last.then(async () => {
      await new Promise((resolve) => setImmediate(resolve));
      signal?.throwIfAborted();
      return task();
    });
    last = result.catch(() => {});
    return result;
  };
  return {
    cutFabric: (ground, version, ruleSetId) => queued(() => cutFabricTask(ground, version, ruleSetId)),
    partition: (task, signal) => queued(() => partitionTask(task), signal),
    merge: (task, signal) => queued(() => mergeTask(task), signal),
    lookAtFiles: (task) => queued(() => lookAtFiles(task)),
    readFiles: (task) => queued(() => readImportFiles(task)),
    close: async () => {
      await last;
    },
  };
}
