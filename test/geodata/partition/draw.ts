import type { BarrierClass } from '../../../geodata/model/index.ts';
import type { GridOfCell, PartitionOptions, PartitionProblem } from '../../../geodata/partition/index.ts';

const BARRIERS: Readonly<Record<string, BarrierClass>> = { '~': 'river', '=': 'mainRoad', '#': 'railway' };
const SIDE_M = 50;

/**
 * A community drawn as text. A number is a cell with so many households, a letter after it its compound, '.' is nothing.
 * Neighbours left–right and above–below share 50 m. '~' (river), '=' (main road) and '#' (railway) stand between two cells of
 * a row, or fill a row of their own, and are crossed there:
 *
 *     120a 90a ~ 200
 *       =   =  ~  =
 *     150b 80b ~ 210
 */
export function draw(text: string): PartitionProblem {
  const lines = text
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/));
  const cells: { label: string; householdCount: number; compoundId: string | null; roadBlock: number }[] = [];
  const edges: { a: number; b: number; lengthM: number; crosses: BarrierClass | null }[] = [];
  let above: (number | null)[] = [];
  let between: (BarrierClass | null)[] | null = null;
  for (const line of lines) {
    if (line.every((token) => token in BARRIERS)) {
      between = line.map((token) => BARRIERS[token]!);
      continue;
    }
    const row: (number | null)[] = [];
    let barrier: BarrierClass | null = null;
    let left: number | null = null;
    line.forEach((token, column) => {
      if (token in BARRIERS) {
        barrier = BARRIERS[token]!;
        row.push(null);
        return;
      }
      const [, count, compound] = /^(\d+)([a-z]?)$/.exec(token) ?? [];
      if (count === undefined) {
        left = null;
        barrier = null;
        row.push(null);
        return;
      }
      const cell = cells.length;
      cells.push({
        label: `c${String(cell).padStart(4, '0')}`,
        householdCount: Number(count),
        compoundId: compound || null,
        roadBlock: 0,
      });
      if (left !== null) edges.push({ a: left, b: cell, lengthM: SIDE_M, crosses: barrier });
      const upper = above[column] ?? null;
      if (upper !== null) edges.push({ a: upper, b: cell, lengthM: SIDE_M, crosses: between?.[column] ?? null });
      row.push(cell);
      left = cell;
      barrier = null;
    });
    above = row;
    between = null;
  }
  const block = cells.map((_, i) => i);
  for (let changed = true; changed; ) {
    changed = false;
    for (const { a, b, crosses } of edges) {
      if (crosses !== null || block[a] === block[b]) continue;
      block[a] = block[b] = Math.min(block[a]!, block[b]!);
      changed = true;
    }
  }
  return { cells: cells.map((cell, i) => ({ ...cell, roadBlock: block[i]! })), edges };
}

/** A plan drawn as letters in the order of the cells; '.' is a cell outside every grid. Grids are numbered A = 0, B = 1 … */
export function drawPlan(text: string): GridOfCell {
  return text
    .trim()
    .split(/\s+/)
    .map((letter) => (letter === '.' ? -1 : letter.charCodeAt(0) - 65));
}

export function optionsWith(options: Partial<PartitionOptions> = {}): PartitionOptions {
  return {
    least: 300,
    most: 500,
    target: 400,
    mode: 'fresh',
    prefer: 'balanced',
    seed: 1,
    effort: 1,
    forbiddenBarriers: [],
    ...options,
  };
}
