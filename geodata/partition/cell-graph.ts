import { attachEmptyCells } from './attach-empty-cells.ts';
import { canonicalOrder } from './canonical.ts';
import type { PartitionOptions } from './options.ts';
import type { PartitionProblem } from './problem.ts';

/** Prices are whole centimetres everywhere inside the solver, so that sums are exact whatever their order. */
export const CM_PER_M = 100;

/** How willingly a random spanning tree uses an edge. */
export const SAME_COMPOUND = 0;
export const SAME_BLOCK = 1;
export const OVER_BARRIER = 2;

/** The cell graph as typed arrays: nodes are cells with households (and the empty cells that follow them). */
export interface CellGraph {
  readonly count: number;
  readonly households: Int32Array;
  readonly total: number;
  /** Compound number, −1 for none; road block number; number of the existing grid, −1 for none. All start at 0. */
  readonly compound: Int32Array;
  readonly compoundCount: number;
  readonly block: Int32Array;
  readonly blockCount: number;
  readonly origin: Int32Array;
  readonly originCount: number;
  /**
   * Neighbours of node i: positions rowStart[i] … rowConnect[i]−1 connect; from there to rowStart[i+1]−1 follow the ends
   * of `pairs`, whose parting costs but which do not touch.
   */
  readonly rowStart: Int32Array;
  readonly rowConnect: Int32Array;
  readonly neighbour: Int32Array;
  /** What parting the two costs, in centimetres; of it `lengthCm` is border. */
  readonly price: Int32Array;
  readonly tier: Uint8Array;
  /** The problem's cell that leads each node. */
  readonly cellOf: Int32Array;
}

export interface CompiledProblem {
  readonly graph: CellGraph;
  /** Node of each cell of the problem, −1 for locked cells and for empty cells that follow none. */
  readonly nodeOfCell: Int32Array;
  /** For an empty cell that could only follow a locked one, that cell; otherwise −1. */
  readonly followsFixed: Int32Array;
  readonly fixed: Uint8Array;
}

interface Link {
  readonly a: number;
  readonly b: number;
  readonly connects: boolean;
  price: number;
}

/**
 * Compiles the problem into canonical order, with locked grids taken out and empty cells attached; with `keepEmpty` only
 * those that nothing connects, so that the graph is exactly the problem's.
 */
export function compileProblem(
  problem: PartitionProblem,
  options: PartitionOptions,
  keepEmpty = false,
): CompiledProblem {
  const { cells, edges } = problem;
  const order = canonicalOrder(problem);
  const rank = new Int32Array(cells.length);
  order.forEach((cell, position) => {
    rank[cell] = position;
  });
  const locked = new Set(options.lockedGrids ?? []);
  const fixed = Uint8Array.from(cells, (_, i) => (locked.has(options.existing?.[i] ?? -1) ? 1 : 0));
  const leader = attachEmptyCells(problem, options, rank, fixed, keepEmpty);

  const leaders = [...order].filter((cell) => leader[cell] === cell && !fixed[cell]);
  const nodeOfLeader = new Map(leaders.map((cell, node) => [cell, node]));
  const nodeOfCell = Int32Array.from(cells, (_, i) => (fixed[i] ? -1 : (nodeOfLeader.get(leader[i]!) ?? -1)));
  const followsFixed = Int32Array.from(cells, (_, i) => (!fixed[i] && fixed[leader[i]!] ? leader[i]! : -1));

  const links = new Map<string, Link>();
  const link = (cellA: number, cellB: number, connects: boolean, priceM: number): void => {
    const a = Math.min(nodeOfCell[cellA]!, nodeOfCell[cellB]!);
    const b = Math.max(nodeOfCell[cellA]!, nodeOfCell[cellB]!);
    if (a < 0 || a === b) return;
    const key = `${a} ${b} ${connects}`;
    const known = links.get(key);
    const price = Math.round(priceM * CM_PER_M);
    if (known) known.price += price;
    else links.set(key, { a, b, connects, price });
  };
  const forbidden = new Set(options.forbiddenBarriers);
  edges.forEach((edge, i) => {
    if (edge.crosses === null || !forbidden.has(edge.crosses))
      link(edge.a, edge.b, true, edge.lengthM + (options.affinity?.[i] ?? 0));
  });
  for (const pair of options.pairs ?? []) link(pair.a, pair.b, false, pair.weightM);

  const origin = options.existing ? leaders.map((cell) => options.existing?.[cell] ?? -1) : leaders.map(() => -1);
  const graph = assemble(
    leaders.map((cell) => cells[cell]!.householdCount),
    leaders.map((cell) => cells[cell]!.compoundId),
    leaders.map((cell) => cells[cell]!.roadBlock),
    origin,
    [...links.values()],
    leaders,
  );
  return { graph, nodeOfCell, followsFixed, fixed };
}

/** Numbers values 0, 1, 2 … in order of first appearance; `none` becomes −1. */
function renumber<Value>(values: readonly Value[], none: Value | undefined): { of: Int32Array; count: number } {
  const numbers = new Map<Value, number>();
  const of = new Int32Array(values.length);
  values.forEach((value, i) => {
    if (value === none) of[i] = -1;
    else {
      if (!numbers.has(value)) numbers.set(value, numbers.size);
      of[i] = numbers.get(value)!;
    }
  });
  return { of, count: numbers.size };
}

function assemble(
  households: readonly number[],
  compounds: readonly (string | number | null)[],
  blocks: readonly number[],
  origins: readonly number[],
  links: readonly Link[],
  cellOf: readonly number[],
): CellGraph {
  const count = households.length;
  const compound = renumber(compounds, null);
  const block = renumber(blocks, undefined);
  const origin = renumber(origins, -1);
  const rows: { to: number; price: number; connects: boolean }[][] = Array.from({ length: count }, () => []);
  for (const { a, b, price, connects } of links) {
    rows[a]!.push({ to: b, price, connects });
    rows[b]!.push({ to: a, price, connects });
  }
  const rowStart = new Int32Array(count + 1);
  const rowConnect = new Int32Array(count);
  const neighbour = new Int32Array(links.length * 2);
  const prices = new Int32Array(links.length * 2);
  const tier = new Uint8Array(links.length * 2);
  let position = 0;
  rows.forEach((row, i) => {
    row.sort((p, q) => Number(q.connects) - Number(p.connects) || p.to - q.to);
    rowStart[i] = position;
    rowConnect[i] = position + row.filter((entry) => entry.connects).length;
    for (const { to, price } of row) {
      neighbour[position] = to;
      prices[position] = price;
      const sameCompound = compound.of[i]! >= 0 && compound.of[i] === compound.of[to];
      tier[position] = block.of[i] !== block.of[to] ? OVER_BARRIER : sameCompound ? SAME_COMPOUND : SAME_BLOCK;
      position++;
    }
  });
  rowStart[count] = position;
  return {
    count,
    households: Int32Array.from(households),
    total: households.reduce((sum, h) => sum + h, 0),
    compound: compound.of,
    compoundCount: compound.count,
    block: block.of,
    blockCount: block.count,
    origin: origin.of,
    originCount: origin.count,
    rowStart,
    rowConnect,
    neighbour,
    price: prices,
    tier,
    cellOf: Int32Array.from(cellOf),
  };
}

/** The connected parts of the graph, each with the nodes it was made of; by first node. */
export function connectedParts(graph: CellGraph): { readonly part: CellGraph; readonly nodes: Int32Array }[] {
  const seen = new Uint8Array(graph.count);
  const parts: { part: CellGraph; nodes: Int32Array }[] = [];
  for (let first = 0; first < graph.count; first++) {
    if (seen[first]) continue;
    const found = [first];
    seen[first] = 1;
    for (let i = 0; i < found.length; i++) {
      const node = found[i]!;
      for (let e = graph.rowStart[node]!; e < graph.rowConnect[node]!; e++) {
        const next = graph.neighbour[e]!;
        if (!seen[next]) {
          seen[next] = 1;
          found.push(next);
        }
      }
    }
    const nodes = Int32Array.from(found).sort();
    parts.push({ part: nodes.length === graph.count ? graph : induced(graph, nodes), nodes });
  }
  return parts;
}

/** The graph on some of the nodes, renumbered in the order given. */
function induced(graph: CellGraph, nodes: Int32Array): CellGraph {
  const local = new Int32Array(graph.count).fill(-1);
  nodes.forEach((node, i) => {
    local[node] = i;
  });
  const links: Link[] = [];
  nodes.forEach((node, i) => {
    for (let e = graph.rowStart[node]!; e < graph.rowStart[node + 1]!; e++) {
      const j = local[graph.neighbour[e]!]!;
      if (j > i) links.push({ a: i, b: j, price: graph.price[e]!, connects: e < graph.rowConnect[node]! });
    }
  });
  const pick = (values: Int32Array): number[] => [...nodes].map((node) => values[node]!);
  return assemble(
    pick(graph.households),
    pick(graph.compound).map((c) => (c < 0 ? null : c)),
    pick(graph.block),
    pick(graph.origin),
    links,
    pick(graph.cellOf),
  );
}
