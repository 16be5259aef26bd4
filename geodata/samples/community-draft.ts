import type { CommunityCode } from '../model/index.ts';
import type { Namer } from './names.ts';
import type { HouseholdPoint } from './old-grids.ts';
import { type DraftParcel, fillParcel, withGiantTower } from './parcel-uses.ts';
import { divide, type ParcelTree, parcelsOf, roadsOf } from './parcels.ts';
import { middleOf, type Point, type Ring } from './planar.ts';
import type { RandomStream } from './random.ts';
import type { StreetNetwork } from './streets.ts';
import { type CommunityPlan, type ParcelUse, QUARTERS } from './town-plan.ts';

/** One community drawn in the plane, not yet in the model's words. */
export interface CommunityDraft {
  readonly plan: CommunityPlan;
  readonly code: CommunityCode;
  readonly streetName: string;
  readonly outline: Ring;
  readonly faces: readonly { readonly tree: ParcelTree }[];
  readonly parcels: readonly DraftParcel[];
  readonly roads: readonly (readonly Point[])[];
  readonly householdPoints: readonly HouseholdPoint[];
}

/** No community but the exact ones is smaller than this: under 600 no division is possible. */
const LEAST_HOUSEHOLDS = 620;

/** Draws a community again and again from the same stream until it has what its plan asks for. */
export function draftCommunity(
  random: RandomStream,
  names: Namer,
  streets: StreetNetwork,
  plan: CommunityPlan,
  code: CommunityCode,
  streetName: string,
): CommunityDraft {
  for (let attempt = 0; attempt < 50; attempt++) {
    const draft = tryCommunity(random, names, streets, plan, code, streetName);
    if (draft !== null) return draft;
  }
  throw new Error(`sample town: ${plan.name} can't be drawn as planned`);
}

function tryCommunity(
  random: RandomStream,
  names: Namer,
  streets: StreetNetwork,
  plan: CommunityPlan,
  code: CommunityCode,
  streetName: string,
): CommunityDraft | null {
  const faces: { tree: ParcelTree }[] = [];
  let parcels: DraftParcel[] = [];
  let giant = plan.giantTower;
  for (let row = 0; row < plan.rows; row++) {
    for (let column = 0; column < plan.columns; column++) {
      const quarter = QUARTERS[plan.quarters[row * plan.columns + column]!];
      const tree = divide(random, streets.faces[plan.row + row]![plan.column + column]!, quarter.parcelHa);
      faces.push({ tree });
      for (const block of parcelsOf(tree)) {
        let parcel = fillParcel(random, names, block, random.weighted<ParcelUse>(quarter.uses));
        const changed = giant && withGiantTower(block, parcel, giant === 'withEntrances');
        if (changed) {
          parcel = changed;
          giant = undefined;
        }
        parcels.push(parcel);
      }
    }
  }
  const total = parcels.flatMap((parcel) => parcel.buildings).reduce((sum, building) => sum + building.households, 0);
  if (giant || total < (plan.exactHouseholds ?? LEAST_HOUSEHOLDS)) return null;
  if (plan.exactHouseholds !== undefined) parcels = cutDownTo(plan.exactHouseholds, parcels);
  return {
    plan,
    code,
    streetName,
    outline: streets.outlineOf(plan.column, plan.row, plan.columns, plan.rows),
    faces,
    parcels,
    roads: faces.flatMap(({ tree }) => roadsOf(tree)),
    householdPoints: parcels.flatMap((parcel) =>
      parcel.buildings.map((building) => ({ at: middleOf(building.ring), households: building.households })),
    ),
  };
}

/** Empties the last parcels (pulled down, awaiting redevelopment) until exactly `total` households are left. */
function cutDownTo(total: number, parcels: readonly DraftParcel[]): DraftParcel[] {
  let left = total;
  const kept = parcels.map((parcel) => ({
    ...parcel,
    buildings: parcel.buildings.filter((building) => {
      if (building.households > left) return false;
      left -= building.households;
      return true;
    }),
  }));
  for (const parcel of kept) {
    parcel.buildings = parcel.buildings.map((building) => {
      const more = building.households > 0 ? Math.min(left, Math.ceil(building.households / 2)) : 0;
      left -= more;
      return more > 0 ? { ...building, households: building.households + more } : building;
    });
  }
  if (left > 0) throw new Error(`sample town: ${left} of ${total} households have no building`);
  return kept;
}
