import { describe, expect, test } from 'vitest';
import { pendingIn } from '../../client/stores/pending-changes.ts';
import type { Change, PlanId } from '../../geodata/model/index.ts';

const PLAN = 'plan' as PlanId;
const change = (id: string): Change => ({ id, verb: 'assignCells', fabric: null, grids: [], cells: [] });
const idsOf = (changes: readonly Change[]) => changes.map(({ id }) => id);

function storage(room = Number.POSITIVE_INFINITY): Storage {
  const kept = new Map<string, string>();
  return {
    get length() {
      return kept.size;
    },
    key: (i) => [...kept.keys()][i] ?? null,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => {
      if (value.length > room) throw new DOMException('full', 'QuotaExceededError');
      kept.set(key, value);
    },
    removeItem: (key) => void kept.delete(key),
    clear: () => kept.clear(),
  };
}

describe('pending changes', () => {
  test('are there for the next page in the order they were made', () => {
    const browser = storage();
    pendingIn(browser, 'first').write(PLAN, [change('one'), change('two')]);
    expect(idsOf(pendingIn(browser, 'second').read(PLAN))).toEqual(['one', 'two']);
  });

  test('of one page outlive that another page on the same plan has none', () => {
    const browser = storage();
    const first = pendingIn(browser, 'first');
    const second = pendingIn(browser, 'second');
    first.write(PLAN, [change('one')]);
    second.write(PLAN, []);
    expect(idsOf(first.read(PLAN))).toEqual(['one']);
  });

  test('that were taken over are kept until they are sent, and not twice', () => {
    const browser = storage();
    const first = pendingIn(browser, 'first');
    first.write(PLAN, [change('one')]);
    const second = pendingIn(browser, 'second');
    second.read(PLAN);
    first.write(PLAN, [change('one'), change('two')]);
    expect(idsOf(pendingIn(browser, 'third').read(PLAN))).toEqual(['one', 'two']);
  });

  test('of another plan are left alone', () => {
    const browser = storage();
    pendingIn(browser, 'first').write('other' as PlanId, [change('one')]);
    expect(pendingIn(browser, 'second').read(PLAN)).toEqual([]);
    expect(idsOf(pendingIn(browser, 'third').read('other' as PlanId))).toEqual(['one']);
  });

  test('say when there is no room', () => {
    const told: boolean[] = [];
    pendingIn(storage(10), 'first', (full) => told.push(full)).write(PLAN, [change('one')]);
    expect(told).toEqual([true]);
  });
});
