import type { CellGraph } from '../cell-graph.ts';
import type { Objective } from '../objective.ts';

/** A connected set of nodes within the range. */
export interface CandidateGrid {
  readonly nodes: readonly number[];
  readonly households: number;
  /** Its share of the objective, doubled, in centimetres: borders count once here and once for the grid beyond. */
  readonly cost: number;
}

/**
 * Every grid that a plan could have, each once: sets grow from their lowest node, and a node passed over stays out.
 * @param most gives up (null) above so many grids, or ten times as many sets on the way
 */
export function candidateGrids(graph: CellGraph, objective: Objective, most: number): CandidateGrid[] | null {
  const search = new Enumeration(graph, objective, most);
  for (let lowest = 0; lowest < graph.count && !search.full; lowest++) search.from(lowest);
  return search.full ? null : search.found;
}

const SETS_PER_GRID = 10;

class Enumeration {
  readonly found: CandidateGrid[] = [];
  full = false;
  private tried = 0;
  private households = 0;
  private readonly set: number[] = [];
  private readonly frontier: number[] = [];
  private readonly met: Uint8Array;
  private readonly inSet: Uint8Array;

  constructor(
    private readonly graph: CellGraph,
    private readonly objective: Objective,
    private readonly most: number,
  ) {
    this.met = new Uint8Array(graph.count);
    this.inSet = new Uint8Array(graph.count);
  }

  from(lowest: number): void {
    // Stays met for the nodes that come after: sets with it are all found now.
    this.met[lowest] = 1;
    if (this.graph.households[lowest]! > this.objective.range.most) return;
    const added = this.add(lowest);
    this.extend(0);
    this.remove(lowest, added);
  }

  private extend(from: number): void {
    const { graph, frontier, objective } = this;
    for (let i = from; i < frontier.length && !this.full; i++) {
      const node = frontier[i]!;
      if (this.households + graph.households[node]! > objective.range.most) continue;
      const length = this.add(node);
      this.extend(i + 1);
      this.remove(node, length);
    }
  }

  /** @returns how long the frontier was. */
  private add(node: number): number {
    const { graph, frontier, met } = this;
    const length = frontier.length;
    this.set.push(node);
    this.inSet[node] = 1;
    this.households += graph.households[node]!;
    for (let e = graph.rowStart[node]!; e < graph.rowConnect[node]!; e++) {
      const next = graph.neighbour[e]!;
      if (met[next]) continue;
      met[next] = 1;
      frontier.push(next);
    }
    if (this.households >= this.objective.range.least) this.keep();
    if (++this.tried > SETS_PER_GRID * this.most || this.found.length > this.most) this.full = true;
    return length;
  }

  private remove(node: number, frontierLength: number): void {
    const { frontier } = this;
    for (let i = frontierLength; i < frontier.length; i++) this.met[frontier[i]!] = 0;
    frontier.length = frontierLength;
    this.set.pop();
    this.inSet[node] = 0;
    this.households -= this.graph.households[node]!;
  }

  private keep(): void {
    const { graph, objective, set, inSet } = this;
    const compounds = new Set<number>();
    const blocks = new Set<number>();
    let cut = 0;
    for (const node of set) {
      if (graph.compound[node]! >= 0) compounds.add(graph.compound[node]!);
      blocks.add(graph.block[node]!);
      for (let e = graph.rowStart[node]!; e < graph.rowStart[node + 1]!; e++)
        if (!inSet[graph.neighbour[e]!]) cut += graph.price[e]!;
    }
    const own =
      objective.split * compounds.size + objective.straddle * (blocks.size - 1) + objective.size(this.households);
    this.found.push({ nodes: [...set], households: this.households, cost: 2 * own + cut });
  }
}
