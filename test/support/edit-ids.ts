import type { EditIds } from '../../geodata/edit/disabled.ts';
import type { GridId } from '../../geodata/model/index.ts';

/** Ids that count: change-1 and new1, new2 … */
export function editIds(change = 1): EditIds {
  let count = 0;
  return {
    changeId: `change-${change}`,
    newGridId: () => `new${change === 1 ? '' : `${change}-`}${++count}` as GridId,
  };
}
