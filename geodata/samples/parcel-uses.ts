import {
  type DraftBuilding,
  giantTower,
  houseRows,
  institutionBlocks,
  overlap,
  slabRows,
  towerField,
  worksSheds,
} from './building-layouts.ts';
import type { Namer } from './names.ts';
import { streetAngle } from './parcels.ts';
import { areaOf, type Block, insetOf, middleOf, type Ring, rectangle } from './planar.ts';
import type { RandomStream } from './random.ts';
import { INSTITUTIONS, type ParcelUse } from './town-plan.ts';

/** A parcel with what stands on it, before anything is numbered. */
export interface DraftParcel {
  readonly use: ParcelUse;
  /** Where the fence or the kerb runs; null when the parcel is too narrow to use. */
  readonly yard: Ring | null;
  /** The estate's or the institution's name; old quarters have none. */
  readonly name: string | null;
  readonly fenced: boolean;
  readonly entrancesKnown: boolean;
  readonly buildings: readonly DraftBuilding[];
}

/** Fills one parcel. A parcel that turns out too small for its use becomes houses or stays open ground. */
export function fillParcel(random: RandomStream, names: Namer, block: Block, use: ParcelUse): DraftParcel {
  const fence = insetOf(block, 0);
  const yard = insetOf(block, use === 'houses' ? 1.5 : 5);
  if (fence === null || yard === null) return openGround;
  const angle = streetAngle(block);
  const estate = (buildings: DraftBuilding[], fencedShare: number): DraftParcel =>
    buildings.length === 0
      ? { ...openGround, yard: fence }
      : {
          use,
          yard: fence,
          name: names.compound(),
          fenced: random.chance(fencedShare),
          entrancesKnown: random.chance(0.6),
          buildings,
        };
  switch (use) {
    case 'slabs':
      return estate(slabRows(random, yard, angle), 0.7);
    case 'towers':
      return estate(towerField(random, yard, angle), 1);
    case 'mixed': {
      const south = slabRows(random, yard, angle);
      const towers = towerField(random, yard, angle, 0.55);
      const clear = south.filter((slab) => towers.every((tower) => !overlap(roomAround(slab.ring, 14), tower.ring)));
      return estate([...clear, ...towers], 0.9);
    }
    case 'houses':
      return {
        use,
        yard: fence,
        name: null,
        fenced: false,
        entrancesKnown: false,
        buildings: houseRows(random, yard, angle),
      };
    case 'institution': {
      const kind = areaOf(fence) < 6000 ? 'kindergarten' : random.pick(INSTITUTIONS);
      const buildings = institutionBlocks(yard, angle, kind);
      return {
        use,
        yard: fence,
        name: names.institution(kind),
        fenced: kind === 'school',
        entrancesKnown: false,
        buildings,
      };
    }
    case 'works':
      return {
        use,
        yard: fence,
        name: null,
        fenced: true,
        entrancesKnown: false,
        buildings: worksSheds(random, yard, angle),
      };
    case 'park':
      return { ...openGround, yard: fence };
  }
}

const openGround: DraftParcel = {
  use: 'park',
  yard: null,
  name: null,
  fenced: false,
  entrancesKnown: false,
  buildings: [],
};

/** Puts the county's largest tower into an estate, in place of whatever stood there; null when it doesn't fit. */
export function withGiantTower(block: Block, parcel: DraftParcel, entrancesKnown: boolean): DraftParcel | null {
  const yard = insetOf(block, 5);
  const giant = yard === null || parcel.name === null ? null : giantTower(yard, streetAngle(block));
  if (giant === null) return null;
  const others = parcel.buildings.filter((building) => !overlap(roomAround(giant.ring, 22), building.ring));
  return { ...parcel, entrancesKnown, buildings: [giant, ...others] };
}

/** The rectangle `marginM` metres wider on every side than a rectangle. */
function roomAround(ring: Ring, marginM: number): Ring {
  const [a, b, , d] = ring as [Ring[0], Ring[0], Ring[0], Ring[0]];
  const angle = Math.atan2(b![1] - a![1], b![0] - a![0]);
  const length = Math.hypot(b![0] - a![0], b![1] - a![1]);
  const depth = Math.hypot(d![0] - a![0], d![1] - a![1]);
  return rectangle(middleOf(ring), length + 2 * marginM, depth + 2 * marginM, angle);
}
