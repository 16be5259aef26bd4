import { AsyncLocalStorage } from 'node:async_hooks';

const inside = new AsyncLocalStorage<true>();

/**
 * Runs a transaction, refusing one opened inside another: on the embedded engine, which has one session, it would wait for
 * itself for ever, and on PostgreSQL it would not see the outer one's rows. Pass the outer one down instead.
 */
export function onlyOneAtATime<Value>(run: () => Promise<Value>): Promise<Value> {
  if (inside.getStore())
    return Promise.reject(new Error('a transaction was opened inside another one: pass that one down'));
  return inside.run(true, run);
}
