import type { Position } from 'geojson';
import type {
  Barrier,
  Building,
  BuildingId,
  BuildingUnit,
  BuildingUnitId,
  Compound,
  CompoundId,
  Ground,
} from '../model/index.ts';
import type { DraftBuilding } from './building-layouts.ts';
import type { CommunityDraft } from './community-draft.ts';
import type { Placer } from './globe.ts';
import type { DraftParcel } from './parcel-uses.ts';
import type { RandomStream } from './random.ts';

/** Puts a drawn community into the model's words: numbered, named and placed on the globe. */
export function groundOf(
  random: RandomStream,
  draft: CommunityDraft,
  countyBarriers: readonly Barrier[],
  globe: Placer,
): Ground {
  const buildings: Building[] = [];
  const compounds: Compound[] = [];
  let houseNumber = 0;
  for (const parcel of draft.parcels) {
    const isEstate = parcel.use === 'slabs' || parcel.use === 'towers' || parcel.use === 'mixed';
    const compoundId = isEstate && parcel.yard !== null ? compoundIdAt(draft, compounds.length) : null;
    if (compoundId !== null) {
      compounds.push({ id: compoundId, name: parcel.name!, area: globe.polygon(parcel.yard!) });
    }
    parcel.buildings.forEach((drawn, i) => {
      if (parcel.use === 'houses') houseNumber++;
      const id = `${draft.code}${String(buildings.length + 1).padStart(4, '0')}` as BuildingId;
      buildings.push({
        id,
        name: nameOf(draft, parcel, i, houseNumber),
        compoundId,
        footprint: globe.polygon(drawn.ring),
        householdCount: drawn.households,
        countSource: 'counted',
        residentCount: Math.round(drawn.households * random.between(2.1, 2.7)),
        floorCount: drawn.floors,
        units: parcel.entrancesKnown ? unitsOf(random, id, drawn) : [],
      });
    });
  }
  const area = globe.polygon(draft.outline);
  return {
    community: { code: draft.code, name: draft.plan.name, streetName: draft.streetName, area },
    buildings,
    compounds,
    barriers: countyBarriers.filter((barrier) => boxesMeet(boxOf(barrier.shape), boxOf(area))),
  };
}

const compoundIdAt = (draft: CommunityDraft, index: number) =>
  `${draft.code}X${String(index + 1).padStart(2, '0')}` as CompoundId;

function nameOf(draft: CommunityDraft, parcel: DraftParcel, index: number, houseNumber: number): string {
  if (parcel.use === 'houses') return `${draft.plan.name.slice(0, 2)}胡同${houseNumber}号`;
  if (parcel.use === 'institution') return index === 0 ? parcel.name! : `${parcel.name}${index + 1}号楼`;
  if (parcel.use === 'works') return `仓储${index + 1}号库`;
  return `${parcel.name}${index + 1}号楼`;
}

function unitsOf(random: RandomStream, buildingId: BuildingId, drawn: DraftBuilding): BuildingUnit[] {
  if (drawn.unitCount < 2) return [];
  let left = drawn.households;
  return Array.from({ length: drawn.unitCount }, (_, i) => {
    const remaining = drawn.unitCount - i;
    const even = left / remaining;
    const householdCount = remaining === 1 ? left : Math.round(even + random.between(-1, 1));
    left -= householdCount;
    return { id: `${buildingId}-${i + 1}` as BuildingUnitId, name: `${i + 1}单元`, householdCount };
  });
}

type Box = readonly [number, number, number, number];

function boxOf(shape: Barrier['shape']): Box {
  const positions = shape.coordinates.flat(
    shape.type === 'LineString' ? 0 : shape.type === 'MultiPolygon' ? 2 : 1,
  ) as Position[];
  const xs = positions.map((position) => position[0]!);
  const ys = positions.map((position) => position[1]!);
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

const boxesMeet = (a: Box, b: Box) => a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];
