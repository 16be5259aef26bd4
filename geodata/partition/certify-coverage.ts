import type { CellGraph } from './cell-graph.ts';
import { certificate } from './certificate.ts';
import type { Certificate, PartitionOptions } from './options.ts';
import type { PartitionProblem } from './problem.ts';
import { isDivisible } from './totals.ts';

const SETS_PER_CELL = 20_000;
/** Bounds the whole check: nodes looked at, over all cells. A matter of milliseconds. */
const WORK = 1_000_000;

/**
 * NO_VALID_GRID, NO_COMPATIBLE_GRID: every connected set of cells within the range that holds a certain cell is tried; either
 * there is none, or each leaves some piece that no number of grids fits. Cells found in a compatible set need no search of
 * their own. A search that is cut short proves nothing and says nothing.
 *
 * Neighbours that fail fail for one reason (towers of 260 side by side: any two are too many, any one too few), and those that only
 * find no compatible grid mostly because of it: they are one certificate. Cells without households are never the reason.
 */
export function certifyCoverage(
  problem: PartitionProblem,
  graph: CellGraph,
  options: PartitionOptions,
  part: CellGraph,
  nodes: Int32Array,
): Certificate[] {
  if (!isDivisible(part.total, options)) return [];
  const search = new CoverageSearch(part, options);
  const covered = new Uint8Array(part.count);
  const heaviestFirst = Array.from(part.households.keys())
    .filter((v) => part.households[v]! > 0 && part.households[v]! <= options.most)
    .sort((a, b) => part.households[b]! - part.households[a]! || a - b);
  const failed = new Map<number, Failure>();
  for (const v of heaviestFirst) {
    if (covered[v]) continue;
    const answer = search.from(v);
    if (search.work < 0) break;
    for (const u of answer.set) covered[u] = 1;
    if (answer.set.length === 0 && answer.exhausted)
      failed.set(v, { anyInRange: answer.anyInRange, setsTried: answer.tried });
  }
  return clustersOf(part, failed).map((cluster) => {
    const without = cluster.filter((v) => !failed.get(v)!.anyInRange);
    const named = without.length > 0 ? without : cluster;
    return certificate(
      problem,
      graph,
      without.length > 0 ? 'NO_VALID_GRID' : 'NO_COMPATIBLE_GRID',
      named.map((v) => nodes[v]!),
      {
        householdCount: Math.max(...named.map((v) => part.households[v]!)),
        cellCount: named.length,
        setsTried: named.reduce((sum, v) => sum + failed.get(v)!.setsTried, 0),
        least: options.least,
        most: options.most,
      },
    );
  });
}

interface Failure {
  readonly anyInRange: boolean;
  readonly setsTried: number;
}

/** The cells that failed, those together that touch or have a neighbour in common. */
function clustersOf(graph: CellGraph, failed: ReadonlyMap<number, Failure>): number[][] {
  const left = new Set(failed.keys());
  const neighbours = (v: number) => graph.neighbour.subarray(graph.rowStart[v]!, graph.rowConnect[v]!);
  const clusters: number[][] = [];
  for (const first of failed.keys()) {
    if (!left.delete(first)) continue;
    const cluster = [first];
    for (const v of cluster)
      for (const u of neighbours(v)) for (const w of [u, ...neighbours(u)]) if (left.delete(w)) cluster.push(w);
    clusters.push(cluster);
  }
  return clusters;
}

/** Enumerates connected sets around a cell: a cell passed over stays out, so that no set comes twice. */
class CoverageSearch {
  work = WORK;
  private readonly met: Uint8Array;
  private readonly mark: Int32Array;
  private stamp = 0;
  private readonly frontier: number[] = [];
  private readonly set: number[] = [];
  private households = 0;
  private tried = 0;
  private anyInRange = false;
  private exhausted = true;
  private found: number[] = [];

  constructor(
    private readonly graph: CellGraph,
    private readonly options: PartitionOptions,
  ) {
    this.met = new Uint8Array(graph.count);
    this.mark = new Int32Array(graph.count);
  }

  from(start: number): { set: readonly number[]; anyInRange: boolean; exhausted: boolean; tried: number } {
    this.tried = 0;
    this.anyInRange = false;
    this.exhausted = true;
    this.found = [];
    this.met[start] = 1;
    this.add(start);
    if (this.found.length === 0) this.extend(0);
    for (const v of this.frontier) this.met[v] = 0;
    this.frontier.length = 0;
    this.set.length = 0;
    this.households = 0;
    this.met[start] = 0;
    return { set: this.found, anyInRange: this.anyInRange, exhausted: this.exhausted, tried: this.tried };
  }

  /** Puts a cell into the set, its new neighbours on the frontier, and tests the set. */
  private add(v: number): void {
    const { graph, frontier, met } = this;
    this.set.push(v);
    this.households += graph.households[v]!;
    for (let e = graph.rowStart[v]!; e < graph.rowConnect[v]!; e++) {
      const u = graph.neighbour[e]!;
      if (met[u]) continue;
      met[u] = 1;
      frontier.push(u);
    }
    if (this.households >= this.options.least) {
      this.anyInRange = true;
      if (this.restIsDivisible()) this.found = [...this.set];
    }
  }

  private extend(from: number): void {
    const { graph, frontier, met } = this;
    for (let i = from; i < frontier.length && this.found.length === 0; i++) {
      const v = frontier[i]!;
      if (this.households + graph.households[v]! > this.options.most) continue;
      if (++this.tried > SETS_PER_CELL || --this.work < 0) {
        this.exhausted = false;
        return;
      }
      const length = frontier.length;
      this.add(v);
      if (this.found.length === 0) this.extend(i + 1);
      for (let j = length; j < frontier.length; j++) met[frontier[j]!] = 0;
      frontier.length = length;
      this.set.pop();
      this.households -= graph.households[v]!;
      if (!this.exhausted) return;
    }
  }

  /** Does every piece of the part without the set have a divisible total? */
  private restIsDivisible(): boolean {
    const { graph, mark } = this;
    const stamp = ++this.stamp;
    for (const v of this.set) mark[v] = stamp;
    const stack: number[] = [];
    for (let first = 0; first < graph.count; first++) {
      if (mark[first] === stamp) continue;
      let total = 0;
      mark[first] = stamp;
      stack.push(first);
      for (let v = stack.pop(); v !== undefined; v = stack.pop()) {
        total += graph.households[v]!;
        this.work--;
        for (let e = graph.rowStart[v]!; e < graph.rowConnect[v]!; e++) {
          const u = graph.neighbour[e]!;
          if (mark[u] === stamp) continue;
          mark[u] = stamp;
          stack.push(u);
        }
      }
      if (!isDivisible(total, this.options)) return false;
    }
    return true;
  }
}
