import { tallyGrids } from '../check/index.ts';
import { arcLengthM } from '../fabric/neighbours.ts';
import type { CellId, Community, Issue, PlanState } from '../model/index.ts';
import type { AlternativeWish, PlanFigures } from '../partition/alternatives.ts';
import type { AlternativePlan } from './alternative-plans.ts';
import type { PlanExport } from './grid-features.ts';

/** One community of the report that the command line writes. */
export interface CommunityReport {
  readonly code: string;
  readonly name: string;
  readonly households: number;
  readonly feasible: boolean;
  readonly issues: readonly Issue[];
  readonly grids: readonly {
    readonly code: string;
    readonly name: string;
    readonly households: number;
    /** Ids; of a building whose entrances have cells of their own, the entrances' ids. */
    readonly buildings: readonly string[];
    readonly parts: number;
    readonly areaM2: number;
    readonly perimeterM: number;
  }[];
  /** Length of all borders between two grids. */
  readonly cutLengthM: number;
  /** Grids beyond the first that hold households of one compound, over all compounds. */
  readonly compoundSplits: number;
  /** Barriers of one class that run through one grid. */
  readonly barrierCrossings: number;
  /** Households that were in another grid before; 0 without a plan before. */
  readonly movedHouseholds: number;
  readonly ms: number;
  /** Where several plans were asked for: what tells them apart, the one that is drawn first. */
  readonly alternatives?: readonly AlternativeReport[];
}

export interface AlternativeReport extends PlanFigures {
  readonly wish: AlternativeWish;
  /** Households with other neighbours than in the first. */
  readonly differingHouseholds: number;
  readonly grids: readonly {
    readonly code: string;
    readonly households: number;
    readonly buildings: readonly string[];
  }[];
}

/** What a plan amounts to. `issues` are all there are to tell: of making it, then of checking it. */
export function reportOf(
  community: Pick<Community, 'code' | 'name'>,
  state: PlanState,
  drawn: PlanExport,
  issues: readonly Issue[],
  made: Pick<CommunityReport, 'feasible' | 'movedHouseholds' | 'ms'> & {
    readonly alternatives?: readonly AlternativePlan[];
  },
): CommunityReport {
  const tallies = tallyGrids(state);
  const buildingsIn = buildingNamer(state);
  return {
    code: community.code,
    name: community.name,
    households: state.fabric.cells.reduce((sum, cell) => sum + cell.householdCount, 0),
    feasible: made.feasible,
    issues,
    grids: [...tallies.values()]
      .sort((a, b) => (a.grid.code < b.grid.code ? -1 : 1))
      .map(({ grid, householdCount, cellIds, areaM2 }) => ({
        code: grid.code,
        name: grid.name,
        households: householdCount,
        buildings: buildingsIn(cellIds),
        parts: drawn.parts.get(grid.id) ?? 0,
        areaM2: round1(areaM2),
        perimeterM: round1(drawn.perimeterM.get(grid.id) ?? 0),
      })),
    cutLengthM: round1(cutLengthM(state)),
    compoundSplits: compoundSplits(state),
    barrierCrossings: issues.filter((issue) => issue.code === 'barrierCrossed').length,
    movedHouseholds: made.movedHouseholds,
    ms: Math.round(made.ms),
    ...(made.alternatives ? { alternatives: made.alternatives.map(reportOfAlternative) } : {}),
  };
}

function reportOfAlternative({ wish, figures, differingHouseholds, partition }: AlternativePlan): AlternativeReport {
  const buildingsIn = buildingNamer(partition.state);
  return {
    wish,
    ...figures,
    cutLengthM: round1(figures.cutLengthM),
    totalM: round1(figures.totalM),
    differingHouseholds,
    grids: [...tallyGrids(partition.state).values()]
      .sort((a, b) => (a.grid.code < b.grid.code ? -1 : 1))
      .map(({ grid, householdCount, cellIds }) => ({
        code: grid.code,
        households: householdCount,
        buildings: buildingsIn(cellIds),
      })),
  };
}

function buildingNamer({ fabric }: PlanState): (cellIds: readonly CellId[]) => string[] {
  const cells = new Map(fabric.cells.map((cell) => [cell.id, cell]));
  return (cellIds) => {
    const names = cellIds.flatMap((id) =>
      cells.get(id)!.buildings.map(({ buildingId, unitId }) => unitId ?? buildingId),
    );
    return [...new Set(names)].sort();
  };
}

const round1 = (metres: number) => Math.round(metres * 10) / 10;

function cutLengthM({ fabric, assignment }: PlanState): number {
  let length = 0;
  for (const arc of fabric.arcs) {
    if (arc.left === null || arc.right === null) continue;
    if (assignment.get(arc.left) !== assignment.get(arc.right)) length += arcLengthM(arc);
  }
  return length;
}

function compoundSplits({ fabric, assignment }: PlanState): number {
  const gridsOf = new Map<string, Set<string>>();
  for (const cell of fabric.cells) {
    const grid = assignment.get(cell.id);
    if (cell.compoundId === null || cell.householdCount === 0 || grid === undefined) continue;
    gridsOf.set(cell.compoundId, (gridsOf.get(cell.compoundId) ?? new Set()).add(grid));
  }
  return [...gridsOf.values()].reduce((sum, grids) => sum + grids.size - 1, 0);
}
