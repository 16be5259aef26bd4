import type { MultiPolygon, Polygon } from 'geojson';
import { checkPlan } from '../check/index.ts';
import { pointsOf } from '../fabric/overlay.ts';
import { areaLocator } from '../geometry/area-locator.ts';
import { overlayLayers } from '../geometry/overlay-layers.ts';
import type { Building, GridId, Ground, Issue, PlanState, RuleSet } from '../model/index.ts';
import { cutGround } from './partition-community.ts';
import { type DrawnGrid, planFromExistingGrids } from './plan-from-existing-grids.ts';

export interface DrawnGridCheck {
  readonly state: PlanState;
  readonly issues: readonly Issue[];
}

/** Ground that lies in no grid, in two, or outside the community: less is the rounding of whoever wrote the file. */
const LEAST_AREA_M2 = 1;
/** A building with less than this share in a second grid was drawn a little carelessly, not divided. */
const LEAST_SHARE = 0.05;
/** Known from outlines better than from cells. */
const FROM_OUTLINES = new Set(['gridDetached', 'groundUnassigned', 'buildingDivided']);

/**
 * Checks grids as they were drawn. Households are counted by building, where most of it lies; coverage by the outlines themselves:
 * `gridsOverlap`, `groundUncovered`, `gridOutsideCommunity`, `gridDetached`, `buildingDivided` (errors), `householdsDiffer` (warning).
 * @param stated households that the file gives for a grid
 */
export function checkDrawnGrids(
  ground: Ground,
  drawn: readonly (DrawnGrid & { readonly stated: number | null })[],
  ruleSet: RuleSet,
  cells: 'auto' | 'footprints' | 'buildings' = 'auto',
): DrawnGridCheck {
  const { fabric, issues } = cutGround(ground, ruleSet, cells);
  const plan = planFromExistingGrids(fabric, ground.buildings, drawn);
  // A grid that holds no cell is still a grid, with nobody in it.
  const state = { ...plan, grids: new Map(drawn.map(({ grid }) => [grid.id, grid])) };
  const counted = checkPlan(state, ruleSet).filter(({ code }) => !FROM_OUTLINES.has(code));
  return {
    state,
    issues: [
      ...issues,
      ...counted,
      ...coverageIssues(ground, drawn),
      ...detachedIssues(drawn),
      ...dividedIssues(ground.buildings, drawn, ruleSet),
      ...statedIssues(state, drawn),
    ],
  };
}

function coverageIssues({ community }: Ground, drawn: readonly DrawnGrid[]): Issue[] {
  const pieces = overlayLayers([[community.area], drawn.map(({ area }) => area)]);
  let uncoveredM2 = 0;
  const outsideM2 = new Map<number, number>();
  const sharedM2 = new Map<string, { readonly pair: readonly [number, number]; areaM2: number }>();
  for (const { areaM2, holders } of pieces) {
    const [inside, grids] = [holders[0]!.length > 0, holders[1]!];
    if (inside && grids.length === 0) uncoveredM2 += areaM2;
    if (!inside) for (const grid of grids) outsideM2.set(grid, (outsideM2.get(grid) ?? 0) + areaM2);
    for (let i = 0; i < grids.length; i++) {
      for (let k = i + 1; k < grids.length; k++) {
        const pair = [grids[i]!, grids[k]!] as const;
        const shared = sharedM2.get(pair.join()) ?? { pair, areaM2: 0 };
        shared.areaM2 += areaM2;
        sharedM2.set(pair.join(), shared);
      }
    }
  }
  const nameOf = (index: number) => drawn[index]!.grid.name;
  const issue = (code: string, indices: readonly number[], areaM2: number): Issue[] =>
    areaM2 < LEAST_AREA_M2
      ? []
      : [
          {
            code,
            severity: 'error',
            communityCode: community.code,
            ...(indices.length > 0 ? { gridIds: indices.map((index) => drawn[index]!.grid.id) } : {}),
            values: { areaM2: Math.round(areaM2 * 10) / 10, grids: indices.map(nameOf) },
          },
        ];
  return [
    ...issue('groundUncovered', [], uncoveredM2),
    ...[...outsideM2].flatMap(([grid, areaM2]) => issue('gridOutsideCommunity', [grid], areaM2)),
    ...[...sharedM2.values()].flatMap(({ pair, areaM2 }) => issue('gridsOverlap', pair, areaM2)),
  ];
}

function detachedIssues(drawn: readonly DrawnGrid[]): Issue[] {
  return drawn.flatMap(({ grid, area }) => {
    const pieces = area.type === 'Polygon' ? 1 : area.coordinates.length;
    return pieces < 2
      ? []
      : [{ code: 'gridDetached', severity: 'error' as const, gridIds: [grid.id], values: { grid: grid.name, pieces } }];
  });
}

/** Buildings with a substantial part in two grids. Those divided by entrance on purpose are passed over. */
function dividedIssues(
  buildings: readonly Building[],
  drawn: readonly { readonly grid: { readonly id: GridId }; readonly area: Polygon | MultiPolygon }[],
  { gridRange }: RuleSet,
): Issue[] {
  const locator = areaLocator(drawn.map(({ area }) => area));
  return buildings.flatMap((building): Issue[] => {
    if (building.householdCount > gridRange.most && building.units.length > 1) return [];
    const points = pointsOf(building, 64);
    const shares = new Map<number, number>();
    for (const [x, y] of points) {
      const index = locator.firstAt(x!, y!);
      if (index >= 0) shares.set(index, (shares.get(index) ?? 0) + 1 / points.length);
    }
    const holding = [...shares].filter(([, share]) => share >= LEAST_SHARE).map(([index]) => index);
    return holding.length < 2
      ? []
      : [
          {
            code: 'buildingDivided',
            severity: 'error',
            buildingIds: [building.id],
            gridIds: holding.map((index) => drawn[index]!.grid.id),
            values: { building: building.id, grids: holding.length },
          },
        ];
  });
}

function statedIssues(
  { fabric, assignment }: PlanState,
  drawn: readonly (DrawnGrid & { readonly stated: number | null })[],
): Issue[] {
  const counted = new Map<GridId, number>();
  for (const cell of fabric.cells) {
    const grid = assignment.get(cell.id);
    if (grid !== undefined) counted.set(grid, (counted.get(grid) ?? 0) + cell.householdCount);
  }
  return drawn.flatMap(({ grid, stated }) => {
    const householdCount = counted.get(grid.id) ?? 0;
    return stated === null || stated === householdCount
      ? []
      : [
          {
            code: 'householdsDiffer',
            severity: 'warning' as const,
            gridIds: [grid.id],
            values: { grid: grid.name, stated, householdCount },
          },
        ];
  });
}
