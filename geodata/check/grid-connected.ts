import type { Check } from './rule.ts';

/** R1: a grid is in one piece, unless it is declared with a reason that it is not (飞地). `cellIds` are those of the lesser pieces. */
export const checkGridConnected: Check = ({ tallies }) =>
  [...tallies.values()].flatMap(({ grid, pieces }) =>
    pieces.length > 1
      ? [
          {
            code: grid.detachedReason === null ? 'gridDetached' : 'gridDetachedDeclared',
            severity: grid.detachedReason === null ? ('error' as const) : ('notice' as const),
            gridIds: [grid.id],
            cellIds: pieces.slice(1).flat(),
            values: { grid: grid.name, pieces: pieces.length, reason: grid.detachedReason ?? '' },
          },
        ]
      : [],
  );
