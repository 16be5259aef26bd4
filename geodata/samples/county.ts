import type { Polygon } from 'geojson';
import type { Barrier, BarrierId, CommunityCode, DepartmentId, GridId, Ground, Worker } from '../model/index.ts';
import { type CommunityDraft, draftCommunity } from './community-draft.ts';
import { globePlacer, type Placer } from './globe.ts';
import { namer } from './names.ts';
import { areaOfBlock, gridsByLines, gridsByStreets, handDrawn } from './old-grids.ts';
import type { Point, Ring } from './planar.ts';
import { randomStream } from './random.ts';
import { rosterOf } from './roster.ts';
import { groundOf } from './sample-ground.ts';
import { layStreets, type NamedLine } from './streets.ts';
import { COMMUNITIES, STREETS } from './town-plan.ts';

export const SAMPLE_COUNTY_CODE = '220199';
export const SAMPLE_COUNTY_NAME = '示例县';

export interface SampleGrid {
  readonly id: GridId;
  readonly code: string;
  readonly name: string;
  readonly communityCode: CommunityCode;
  readonly area: Polygon;
}

export interface SampleDepartment {
  readonly id: DepartmentId;
  readonly name: string;
  readonly colour: string;
  readonly duties: readonly string[];
  readonly grids: readonly SampleGrid[];
}

/** An invented county seat, complete: what a county would bring on a USB stick. */
export interface SampleCounty {
  readonly code: string;
  readonly name: string;
  readonly grounds: readonly Ground[];
  /** All of the county's; each ground has those that touch it. */
  readonly barriers: readonly Barrier[];
  /** 400–900 households each, in the old style. */
  readonly existingGrids: readonly SampleGrid[];
  readonly departments: readonly SampleDepartment[];
  readonly workers: readonly Worker[];
}

const DEPARTMENTS = [
  { id: 'zongzhi', name: '综治', colour: '#b4530a', driftM: 5, duties: ['矛盾纠纷排查', '流动人口登记', '平安巡查'] },
  {
    id: 'chengguan',
    name: '城管',
    colour: '#1d6fb8',
    driftM: 12,
    duties: ['市容巡查', '占道经营劝导', '公共设施报修'],
  },
  { id: 'xiaofang', name: '消防', colour: '#b3261e', driftM: 26, duties: ['消防通道巡查', '消防设施检查'] },
] as const;

const ORDINALS = [...'一二三四五六七八九'];
const ordinal = (n: number): string =>
  n < 10
    ? ORDINALS[n - 1]!
    : `${n < 20 ? '' : ORDINALS[Math.floor(n / 10) - 1]}十${n % 10 === 0 ? '' : ORDINALS[(n % 10) - 1]}`;

/**
 * Makes the sample county: about 3,000 buildings in 12 communities, some of which no division can make compliant.
 * @param seed any integer; the same seed gives the same county, coordinate for coordinate.
 */
export function sampleCounty(seed: number): SampleCounty {
  const random = randomStream(seed);
  const streets = layStreets(random);
  const names = namer(random);
  const globe = globePlacer();
  const sequence = new Map<number, number>();
  const drafts = COMMUNITIES.map((plan) => {
    const number = (sequence.get(plan.street) ?? 0) + 1;
    sequence.set(plan.street, number);
    const code = `${SAMPLE_COUNTY_CODE}${digits(plan.street + 1, 3)}${digits(number, 3)}` as CommunityCode;
    return draftCommunity(random, names, streets, plan, code, STREETS[plan.street]!);
  });
  const barriers = barriersOf(streets.lines, streets.riverArea, drafts, globe);
  const grounds = drafts.map((draft) => groundOf(random, draft, barriers, globe));
  const existingGrids = drafts.flatMap((draft) => existingGridsOf(draft, globe));
  return {
    code: SAMPLE_COUNTY_CODE,
    name: SAMPLE_COUNTY_NAME,
    grounds,
    barriers,
    existingGrids,
    departments: DEPARTMENTS.map((department) => {
      const drift = handDrawn(random, department.driftM);
      const rings = drafts.flatMap((draft) =>
        draft.faces
          .flatMap(({ tree }) => {
            const points = draft.householdPoints;
            if (department.id === 'zongzhi') return gridsByStreets(tree, points, 200, 620);
            return gridsByLines(tree.block, department.id === 'chengguan' ? 52_000 : 90_000, areaOfBlock);
          })
          .map((ring) => ({ ring: drift(ring), draft })),
      );
      return {
        id: department.id as DepartmentId,
        name: department.name,
        colour: department.colour,
        duties: department.duties,
        grids: rings.map(({ ring, draft }, i) => ({
          id: `${department.id}-${digits(i + 1, 3)}` as GridId,
          code: `${SAMPLE_COUNTY_CODE}${department.id.slice(0, 2).toUpperCase()}${digits(i + 1, 3)}`,
          name: `${draft.plan.name.slice(0, 2)}${department.name}${digits(i + 1, 3)}号`,
          communityCode: draft.code,
          area: globe.polygon(ring),
        })),
      };
    }),
    workers: drafts.flatMap((draft) => {
      const labels = existingGrids.filter((grid) => grid.communityCode === draft.code).map((grid) => grid.name);
      const households = draft.householdPoints.reduce((sum, point) => sum + point.households, 0);
      return rosterOf(random, names, draft.code, labels, households);
    }),
  };
}

const digits = (value: number, width: number) => String(value).padStart(width, '0');

function existingGridsOf(draft: CommunityDraft, globe: Placer): SampleGrid[] {
  const rings = draft.faces.flatMap(({ tree }) => gridsByStreets(tree, draft.householdPoints, 400, 900));
  return rings.map((ring, i) => ({
    id: `${draft.code}${digits(i + 1, 2)}` as GridId,
    code: `${draft.code}${digits(i + 1, 2)}`,
    name: `${draft.plan.name}第${ordinal(i + 1)}网格`,
    communityCode: draft.code,
    area: globe.polygon(ring),
  }));
}

function barriersOf(
  lines: readonly NamedLine[],
  riverArea: Ring,
  drafts: readonly CommunityDraft[],
  globe: Placer,
): Barrier[] {
  const minor = drafts.flatMap((draft) => draft.roads);
  const walls = drafts.flatMap((draft) =>
    draft.parcels.filter((parcel) => parcel.fenced && parcel.yard !== null).map((parcel) => parcel.yard!),
  );
  let count = 0;
  const id = () => `B${digits(++count, 4)}` as BarrierId;
  const line = (points: readonly Point[]) => globe.line(points);
  return [
    { id: id(), class: 'river', name: '清源河', shape: globe.polygon(riverArea) },
    ...lines.map((entry): Barrier => ({ id: id(), class: entry.class, name: entry.name, shape: line(entry.points) })),
    ...minor.map((points): Barrier => ({ id: id(), class: 'road', name: null, shape: line(points) })),
    ...walls.map((ring): Barrier => ({ id: id(), class: 'wall', name: null, shape: line([...ring, ring[0]!]) })),
  ];
}
