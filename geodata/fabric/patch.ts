import type { Fabric, FabricPatch } from '../model/index.ts';

/** Why a patch does not fit: what it takes out is not (or not so) in the fabric, or what it puts in is there already. */
export type PatchMisfit = { readonly code: 'arcDiffers' | 'cellDiffers'; readonly id: number };

/** Why the patch can't be applied to this fabric; null when it can. */
export function misfitOf(fabric: Fabric, patch: FabricPatch): PatchMisfit | null {
  const arcs = misfit(fabric.arcs, patch.removed.arcs, patch.added.arcs, sameArc);
  if (arcs !== null) return { code: 'arcDiffers', id: arcs };
  const cells = misfit(fabric.cells, patch.removed.cells, patch.added.cells, sameValue);
  return cells === null ? null : { code: 'cellDiffers', id: cells };
}

/** The fabric with the patch's arcs and cells exchanged. The patch must fit, see `misfitOf`. */
export function applyPatch(fabric: Fabric, patch: FabricPatch): Fabric {
  return {
    ...fabric,
    arcs: exchanged(fabric.arcs, patch.removed.arcs, patch.added.arcs),
    cells: exchanged(fabric.cells, patch.removed.cells, patch.added.cells),
  };
}

export const invertPatch = (patch: FabricPatch): FabricPatch => ({ removed: patch.added, added: patch.removed });

/** One patch that does what `first` and then `second` do. */
export function composePatches(first: FabricPatch, second: FabricPatch): FabricPatch {
  return {
    removed: {
      arcs: merged(first.removed.arcs, without(second.removed.arcs, first.added.arcs)),
      cells: merged(first.removed.cells, without(second.removed.cells, first.added.cells)),
    },
    added: {
      arcs: merged(without(first.added.arcs, second.removed.arcs), second.added.arcs),
      cells: merged(without(first.added.cells, second.removed.cells), second.added.cells),
    },
  };
}

interface Identified {
  readonly id: number;
}

function misfit<Item extends Identified>(
  all: readonly Item[],
  removed: readonly Item[],
  added: readonly Item[],
  same: (a: Item, b: Item) => boolean,
): number | null {
  const byId = new Map(all.map((item) => [item.id, item]));
  for (const item of removed) {
    const found = byId.get(item.id);
    if (!found || !same(found, item)) return item.id;
    byId.delete(item.id);
  }
  for (const item of added) if (byId.has(item.id)) return item.id;
  return null;
}

function exchanged<Item extends Identified>(
  all: readonly Item[],
  removed: readonly Item[],
  added: readonly Item[],
): readonly Item[] {
  const gone = new Set(removed.map(({ id }) => id));
  return merged(
    all.filter(({ id }) => !gone.has(id)),
    added,
  );
}

const without = <Item extends Identified>(items: readonly Item[], taken: readonly Item[]) => {
  const ids = new Set(taken.map(({ id }) => id));
  return items.filter(({ id }) => !ids.has(id));
};

const merged = <Item extends Identified>(a: readonly Item[], b: readonly Item[]) =>
  [...a, ...b].sort((one, other) => one.id - other.id);

const sameArc = (a: Fabric['arcs'][number], b: Fabric['arcs'][number]) =>
  a.left === b.left &&
  a.right === b.right &&
  a.class === b.class &&
  a.points.length === b.points.length &&
  a.points.every((value, i) => value === b.points[i]);

/** Cells are plain data: equal when written the same. */
const sameValue = (a: unknown, b: unknown) => a === b || JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));

const sorted = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(sorted)
    : value !== null && typeof value === 'object'
      ? Object.fromEntries(
          Object.entries(value)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([key, inner]) => [key, sorted(inner)]),
        )
      : value;
