import type { CellGraph } from './cell-graph.ts';
import type { GridRange } from './totals.ts';

/** Sets tried before giving up; well under a second. */
const MOST_SETS = 300_000;
const SETS_BETWEEN_YIELDS = 2000;
const MOST_REMEMBERED = 100_000;

export interface ExhaustiveAnswer {
  readonly answer: 'exists' | 'impossible' | 'undecided';
  readonly setsTried: number;
  /** With 'exists': the grid of each node. */
  readonly gridOf: Int32Array;
  readonly gridCount: number;
}

/**
 * Tries every way of taking one grid after the other off a part: always around the cell with the fewest neighbours left
 * (it has to be in some grid), and only so that every remaining piece is divisible. What turned out to be indivisible is
 * remembered. Yields now and then. Settles most parts of up to some forty cells; `gridCount` asks for exactly so many grids.
 */
export function* divideExhaustively(
  graph: CellGraph,
  range: GridRange,
  gridCount: number | null,
): Generator<void, ExhaustiveAnswer, void> {
  const search = new Peeling(graph, range);
  const found = yield* search.peel(gridCount, 0);
  return {
    answer: found ? 'exists' : search.exhausted ? 'impossible' : 'undecided',
    setsTried: search.tried,
    gridOf: search.gridOf,
    gridCount: search.gridCount,
  };
}

class Peeling {
  tried = 0;
  exhausted = true;
  gridCount = 0;
  readonly gridOf: Int32Array;
  private readonly indivisible = new Set<string>();
  private readonly mark: Int32Array;
  private stamp = 0;

  constructor(
    private readonly graph: CellGraph,
    private readonly range: GridRange,
  ) {
    this.gridOf = new Int32Array(graph.count).fill(-1);
    this.mark = new Int32Array(graph.count);
  }

  /** Divides what has no grid yet; `wanted` grids or (null) any number. */
  *peel(wanted: number | null, depth: number): Generator<void, boolean, void> {
    const start = this.mostConstrained();
    if (start < 0) {
      this.gridCount = depth;
      return wanted === null || wanted === 0;
    }
    if (wanted === 0) return false;
    const key = `${wanted} ${this.remainder()}`;
    if (this.indivisible.has(key)) return false;
    const frontier: number[] = [];
    const met = new Uint8Array(this.graph.count);
    met[start] = 1;
    const found = yield* this.grow(start, 0, 0, frontier, met, wanted, depth);
    if (!found && this.exhausted && this.indivisible.size < MOST_REMEMBERED) this.indivisible.add(key);
    return found;
  }

  /** Adds a cell to the grid being made, tries to go on from there, then with each further cell of the frontier. */
  private *grow(
    v: number,
    households: number,
    from: number,
    frontier: number[],
    met: Uint8Array,
    wanted: number | null,
    depth: number,
  ): Generator<void, boolean, void> {
    const { graph, range, gridOf } = this;
    const total = households + graph.households[v]!;
    if (total > range.most) return false;
    if (++this.tried > MOST_SETS) {
      this.exhausted = false;
      return false;
    }
    if (this.tried % SETS_BETWEEN_YIELDS === 0) yield;
    gridOf[v] = depth;
    const length = frontier.length;
    for (let e = graph.rowStart[v]!; e < graph.rowConnect[v]!; e++) {
      const u = graph.neighbour[e]!;
      if (met[u] || gridOf[u]! >= 0) continue;
      met[u] = 1;
      frontier.push(u);
    }
    const left = wanted === null ? null : wanted - 1;
    if (total >= range.least && this.piecesFit(left) && (yield* this.peel(left, depth + 1))) return true;
    for (let i = from; i < frontier.length && this.exhausted; i++)
      if (yield* this.grow(frontier[i]!, total, i + 1, frontier, met, wanted, depth)) return true;
    for (let i = length; i < frontier.length; i++) met[frontier[i]!] = 0;
    frontier.length = length;
    gridOf[v] = -1;
    return false;
  }

  private mostConstrained(): number {
    const { graph, gridOf } = this;
    let best = -1;
    let fewest = Infinity;
    for (let v = 0; v < graph.count; v++) {
      if (gridOf[v]! >= 0) continue;
      let free = 0;
      for (let e = graph.rowStart[v]!; e < graph.rowConnect[v]!; e++) if (gridOf[graph.neighbour[e]!]! < 0) free++;
      if (free < fewest) {
        fewest = free;
        best = v;
      }
    }
    return best;
  }

  private remainder(): string {
    let bits = '';
    let word = 0;
    for (let v = 0; v < this.graph.count; v++) {
      word = word * 2 + (this.gridOf[v]! >= 0 ? 1 : 0);
      if (v % 16 === 15) {
        bits += String.fromCharCode(word);
        word = 0;
      }
    }
    return bits + String.fromCharCode(word);
  }

  /** Can each remaining piece be divided by arithmetic alone, and all of them into the wanted number? */
  private piecesFit(wanted: number | null): boolean {
    const { graph, gridOf, mark, range } = this;
    const stamp = ++this.stamp;
    const stack: number[] = [];
    let fewest = 0;
    let most = 0;
    for (let first = 0; first < graph.count; first++) {
      if (gridOf[first]! >= 0 || mark[first] === stamp) continue;
      let total = 0;
      mark[first] = stamp;
      stack.push(first);
      for (let v = stack.pop(); v !== undefined; v = stack.pop()) {
        total += graph.households[v]!;
        for (let e = graph.rowStart[v]!; e < graph.rowConnect[v]!; e++) {
          const u = graph.neighbour[e]!;
          if (gridOf[u]! >= 0 || mark[u] === stamp) continue;
          mark[u] = stamp;
          stack.push(u);
        }
      }
      const least = Math.ceil(total / range.most);
      const largest = Math.floor(total / range.least);
      if (least > largest) return false;
      fewest += least;
      most += largest;
    }
    return wanted === null || (fewest <= wanted && wanted <= most);
  }
}
