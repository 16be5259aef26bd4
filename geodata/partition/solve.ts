import { adjust, existingPieces, isCompliant } from './adjust.ts';
import { assertWellFormed, canonicalOrder } from './canonical.ts';
import { type CellGraph, type CompiledProblem, compileProblem, connectedParts } from './cell-graph.ts';
import { certificate } from './certificate.ts';
import { certifyCompiled } from './certify.ts';
import { divideExhaustively } from './certify-exhaustively.ts';
import { Objective } from './objective.ts';
import { type Certificate, type PartitionOptions, type PartitionOutcome, type Progress, weightsOf } from './options.ts';
import type { GridOfCell, PartitionProblem } from './problem.ts';
import { compareWithExisting, scorePlan, targetOf } from './score.ts';
import { type Phase, Search } from './search.ts';
import { Workspace } from './workspace.ts';

/**
 * Finds grids for a community. A generator: it yields every few milliseconds with its progress and the best plan so far,
 * and can simply be dropped there; `runToEnd` drives it where nobody wants to interrupt.
 *
 * The same problem (in whatever order its cells and edges come), options, seed and effort give the same plan, everywhere.
 */
export function* solve(
  problem: PartitionProblem,
  options: PartitionOptions,
): Generator<Progress, PartitionOutcome, void> {
  assertWellFormed(problem);
  // Proofs need the problem as it is; the search is faster when empty cells follow a neighbour.
  const exact = compileProblem(problem, options, true);
  const hasEmpty = problem.cells.some((cell) => cell.householdCount === 0);
  const compact = hasEmpty ? compileProblem(problem, options) : exact;
  const unsearched = (): Progress => {
    const partOf = new Int32Array(compact.graph.count);
    connectedParts(compact.graph).forEach(({ nodes }, i) => {
      for (const node of nodes) partOf[node] = i;
    });
    const plan = () => assemble(problem, options, compact, partOf);
    return { phase: 'start', done: 0, violation: compact.graph.total, plan };
  };
  yield unsearched();
  const reasons = certifyCompiled(problem, options, exact);
  yield unsearched();

  let found = yield* searchParts(problem, options, compact, reasons.length > 0, []);
  if (found.violation > 0 && reasons.length === 0) {
    const shown = found;
    const trying = settleByTrying(problem, options, exact);
    let step = trying.next();
    for (; !step.done; step = trying.next())
      yield { phase: 'repair', done: 1, violation: shown.violation, plan: () => shown.gridOfCell };
    const { proofs, witnesses } = step.value;
    reasons.push(...proofs);
    if (proofs.length > 0) found = yield* searchParts(problem, options, compact, true, []);
    else if (hasEmpty || witnesses.some((witness) => witness !== null)) {
      const second = yield* searchParts(problem, options, exact, false, witnesses);
      if (second.violation < found.violation) found = second;
    }
  }
  return outcomeOf(problem, options, reasons, found.gridOfCell);
}

/** For each part a plan or a proof that there is none, where trying everything is short enough. */
function* settleByTrying(
  problem: PartitionProblem,
  options: PartitionOptions,
  exact: CompiledProblem,
): Generator<void, { proofs: Certificate[]; witnesses: (Division | null)[] }, void> {
  const parts = connectedParts(exact.graph);
  const gridCount = parts.length === 1 ? (shareGridCount([exact.graph], options)?.[0] ?? null) : null;
  const proofs: Certificate[] = [];
  const witnesses: (Division | null)[] = [];
  for (const { part, nodes } of parts) {
    const tried = yield* divideExhaustively(part, options, gridCount);
    if (tried.answer === 'impossible')
      proofs.push(
        certificate(problem, exact.graph, 'NO_PARTITION', nodes, {
          householdCount: part.total,
          cellCount: part.count,
          setsTried: tried.setsTried,
          least: options.least,
          most: options.most,
        }),
      );
    witnesses.push(tried.answer === 'exists' ? tried : null);
  }
  return { proofs, witnesses };
}

interface Division {
  readonly gridOf: ArrayLike<number>;
  readonly gridCount: number;
}

/** Searches the connected parts one after the other. */
function* searchParts(
  problem: PartitionProblem,
  options: PartitionOptions,
  compiled: CompiledProblem,
  hopeless: boolean,
  witnesses: readonly (Division | null)[],
): Generator<Progress, { gridOfCell: GridOfCell; violation: number }, void> {
  const parts = connectedParts(compiled.graph);
  const counts = shareGridCount(
    parts.map(({ part }) => part),
    options,
  );
  const nodeGrid = new Int32Array(compiled.graph.count);
  let grids = 0;
  let violation = 0;
  let nodesDone = 0;
  const settle = (nodes: Int32Array, gridOf: ArrayLike<number>, gridCount: number): void => {
    nodes.forEach((node, i) => {
      nodeGrid[node] = grids + gridOf[i]!;
    });
    grids += gridCount;
  };
  // Until a part's turn comes it is shown as one grid.
  for (const { nodes } of parts) settle(nodes, new Int32Array(nodes.length), 1);
  for (const [i, { part, nodes }] of parts.entries()) {
    const run = solvePart(part, options, compiled, counts?.[i] ?? null, hopeless, i, witnesses[i] ?? null);
    for (let step = run.next(); ; step = run.next()) {
      if (step.done) {
        settle(nodes, step.value.gridOf, step.value.gridCount);
        violation += step.value.violation;
        break;
      }
      const { phase, search } = step.value;
      const best = search.best;
      yield {
        phase,
        done: (nodesDone + search.done * part.count) / compiled.graph.count,
        violation: violation + (best?.violation ?? 0),
        plan: () => {
          if (best) settle(nodes, best.gridOf, best.gridCount);
          return assemble(problem, options, compiled, nodeGrid);
        },
      };
    }
    nodesDone += part.count;
  }
  return { gridOfCell: assemble(problem, options, compiled, nodeGrid), violation };
}

/** Drives a generator to its end. */
export function runToEnd<Outcome>(generator: Generator<unknown, Outcome, void>): Outcome {
  for (;;) {
    const step = generator.next();
    if (step.done) return step.value;
  }
}

function* solvePart(
  part: CellGraph,
  options: PartitionOptions,
  compiled: CompiledProblem,
  gridCount: number | null,
  hopeless: boolean,
  stream: number,
  witness: Division | null,
): Generator<{ phase: Phase; search: Search }, Division & { violation: number }, void> {
  const target = targetOf(options, compiled.graph.total);
  const adjusting = options.mode === 'adjust';
  const objective = new Objective(options, target, weightsOf(options), adjusting);
  const single = part.count < 2 || gridCount === 1 || (part.total <= options.most && part.total < 2 * options.least);
  if (single) return { gridOf: new Int32Array(part.count), gridCount: 1, violation: objective.violation(part.total) };
  if (adjusting && isCompliant(part, options, gridCount)) return { ...existingPieces(part), violation: 0 };
  const workspace = new Workspace(part, objective, gridCount !== null, options.seed, stream);
  const search = new Search(workspace, options.effort, gridCount, hopeless);
  for (const phase of adjusting ? adjust(search) : search.fresh()) yield { phase, search };
  if (witness && (gridCount === null || witness.gridCount === gridCount))
    for (const phase of search.from(witness.gridOf, witness.gridCount)) yield { phase, search };
  return search.best!;
}

/** Divides a fixed number of grids among the connected parts: each its fewest, then where households per grid are most. */
function shareGridCount(parts: readonly CellGraph[], options: PartitionOptions): number[] | null {
  if (options.gridCount === undefined) return null;
  const wanted = options.gridCount - new Set(options.lockedGrids).size;
  const counts = parts.map((part) => Math.max(1, Math.ceil(part.total / options.most)));
  for (let left = wanted - counts.reduce((sum, k) => sum + k, 0); left > 0; left--) {
    let fullest = 0;
    parts.forEach((part, i) => {
      if (part.total / (counts[i]! + 1) > parts[fullest]!.total / (counts[fullest]! + 1)) fullest = i;
    });
    counts[fullest] = counts[fullest]! + 1;
  }
  return counts;
}

/** From grids of nodes to grids of cells: followers join, locked grids return, numbers go by first cell in order of label. */
function assemble(
  problem: PartitionProblem,
  options: PartitionOptions,
  compiled: CompiledProblem,
  nodeGrid: Int32Array,
): GridOfCell {
  const { nodeOfCell, followsFixed, fixed } = compiled;
  const key = (cell: number): string | null => {
    if (fixed[cell]) return `locked ${options.existing![cell]}`;
    if (followsFixed[cell]! >= 0) return `locked ${options.existing![followsFixed[cell]!]}`;
    return nodeOfCell[cell]! < 0 ? null : `${nodeGrid[nodeOfCell[cell]!]}`;
  };
  const numbers = new Map<string, number>();
  const gridOfCell = new Array<number>(problem.cells.length).fill(-1);
  for (const cell of canonicalOrder(problem)) {
    const grid = key(cell);
    if (grid === null) continue;
    if (!numbers.has(grid)) numbers.set(grid, numbers.size);
    gridOfCell[cell] = numbers.get(grid)!;
  }
  return gridOfCell;
}

function outcomeOf(
  problem: PartitionProblem,
  options: PartitionOptions,
  reasons: readonly Certificate[],
  gridOfCell: GridOfCell,
): PartitionOutcome {
  const score = scorePlan(problem, options, gridOfCell);
  const valid =
    score.householdsOver === 0 &&
    score.householdsUnder === 0 &&
    (options.gridCount === undefined || options.gridCount === score.gridCount);
  return {
    status: valid && reasons.length === 0 ? 'feasible' : reasons.length > 0 ? 'infeasible' : 'notFound',
    reasons,
    gridOfCell,
    continues: options.existing ? compareWithExisting(problem, options.existing, gridOfCell).continues : [],
    score,
  };
}
