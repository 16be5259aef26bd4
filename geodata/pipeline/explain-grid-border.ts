import type { CellId, GridId, PlanState, RuleSet } from '../model/index.ts';
import { type BorderExplanation, explainBorder } from '../partition/explain-border.ts';
import { type PartitionChoices, partitionOptionsOf } from './partition-fabric.ts';
import { type FabricProblem, problemOf } from './problem-of-fabric.ts';

export interface GridBorderExplanation extends BorderExplanation {
  /** The cell that `bestMove` moves. */
  readonly movedCellId: CellId | null;
}

/**
 * Why the border between two grids of a plan is where it is, by the prices that dividing the community would use; null where they
 * don't touch. Grids `a` and `b` of the explanation are in the order given.
 */
export function explainGridBorder(
  state: PlanState,
  ruleSet: RuleSet,
  choices: PartitionChoices,
  a: GridId,
  b: GridId,
  prepared: FabricProblem = problemOf(state.fabric),
): GridBorderExplanation | null {
  const numberOf = new Map([...state.grids.keys()].map((id, number) => [id, number]));
  const gridOfCell = prepared.cellIds.map((id) => numberOf.get(state.assignment.get(id)!) ?? -1);
  const options = partitionOptionsOf(state, ruleSet, choices, prepared);
  const explained = explainBorder(prepared.problem, options, gridOfCell, numberOf.get(a) ?? -1, numberOf.get(b) ?? -1);
  return explained && { ...explained, movedCellId: explained.bestMove && prepared.cellIds[explained.bestMove.cell]! };
}
