import { AsyncLocalStorage } from 'node:async_hooks';

const around = new AsyncLocalStorage<{ open: boolean }>();

/**
 * Runs a transaction, refusing one opened inside another: on the embedded engine, which has one session, it would wait for
 * itself for ever, and on PostgreSQL it would not see the outer one's rows. Pass the outer one down instead.
 */
export async function onlyOneAtATime<Value>(run: () => Promise<Value>): Promise<Value> {
  if (around.getStore()?.open) throw new Error('a transaction was opened inside another one: pass that one down');
  // What was started inside, but goes on after the end (a job), may open its own then.
  const mark = { open: true };
  try {
    return await around.run(mark, run);
  } finally {
    mark.open = false;
  }
}
