import type {
  Arc,
  ArcClass,
  ArcId,
  BuildingId,
  BuildingUnitId,
  Cell,
  CellBuilding,
  CellId,
  CommunityCode,
  CompoundId,
  CountSource,
  Fabric,
} from '../model/index.ts';
import { areasOf } from './assemble.ts';
import { NumberReader, NumberWriter } from './number-text.ts';

/**
 * A fabric as JSON: numbers as text of small differences (`number-text.ts`), names as they are. What follows from the rest
 * (areas, sums of households) is not stored unless it differs.
 */
export interface FabricPayload {
  readonly format: 1;
  readonly community: string;
  readonly version: number;
  /** Central meridian, origin's easting and northing. */
  readonly frame: readonly [number, number, number];
  readonly arcs: string;
  readonly places: string;
  readonly cells: string;
  readonly buildingIds: readonly string[];
  readonly unitIds: readonly string[];
  readonly compoundIds: readonly string[];
  /** Cell id, area in m², households: of cells where these are not what arcs and buildings say. */
  readonly differing: readonly (readonly [number, number, number])[];
}

const CLASSES: readonly ArcClass[] = [
  'open',
  'community',
  'mainRoad',
  'road',
  'wall',
  'river',
  'railway',
  'entrance',
  'drawn',
];
const SOURCES: readonly CountSource[] = ['counted', 'estimated', 'missing'];

/** Lossless and compact: under 50 bytes a cell after gzip. */
export function encodeFabric(fabric: Fabric): FabricPayload {
  const arcs = new NumberWriter();
  const places = new NumberWriter();
  writeArcs(arcs, places, fabric.arcs);
  const cells = new NumberWriter();
  const buildingIds: string[] = [];
  const unitIds: string[] = [];
  const compoundIds: string[] = [];
  const differing: [number, number, number][] = [];
  const areas = areasOf(fabric.arcs);
  let lastId = 0;
  let lastBlock = 0;
  let lastCompound = 0;
  cells.add(fabric.cells.length);
  for (const cell of fabric.cells) {
    cells.add(cell.id - lastId - 1);
    cells.add(cell.roadBlock - lastBlock);
    const compound = cell.compoundId === null ? 0 : numberOf(compoundIds, cell.compoundId) + 1;
    cells.add(compound - lastCompound);
    cells.add(cell.buildings.length);
    let households = 0;
    for (const { buildingId, unitId, householdCount, countSource } of cell.buildings) {
      buildingIds.push(buildingId);
      cells.add(householdCount);
      cells.add(SOURCES.indexOf(countSource) * 2 + (unitId === null ? 0 : 1));
      if (unitId !== null) unitIds.push(unitId);
      households += householdCount;
    }
    if (households !== cell.householdCount || areaM2Of(areas, cell.id) !== cell.areaM2) {
      differing.push([cell.id, cell.areaM2, cell.householdCount]);
    }
    lastId = cell.id;
    lastBlock = cell.roadBlock;
    lastCompound = compound;
  }
  const { centralMeridianDeg, originEastM, originNorthM } = fabric.frame;
  return {
    format: 1,
    community: fabric.communityCode,
    version: fabric.version,
    frame: [centralMeridianDeg, originEastM, originNorthM],
    arcs: arcs.text(),
    places: places.text(),
    cells: cells.text(),
    buildingIds,
    unitIds,
    compoundIds,
    differing,
  };
}

/** Takes what `encodeFabric` made (perhaps out of JSON). Throws on anything else. */
export function decodeFabric(payload: unknown): Fabric {
  const stored = payload as FabricPayload;
  if (stored?.format !== 1) throw new Error(`not a fabric of format 1: ${JSON.stringify(payload)?.slice(0, 80)}`);
  const arcs = readArcs(new NumberReader(stored.arcs), new NumberReader(stored.places));
  const areas = areasOf(arcs);
  const differing = new Map(stored.differing.map(([id, areaM2, households]) => [id, { areaM2, households }]));
  const numbers = new NumberReader(stored.cells);
  const cells: Cell[] = [];
  let id = 0;
  let roadBlock = 0;
  let compound = 0;
  let building = 0;
  let unit = 0;
  for (let remaining = numbers.next(); remaining > 0; remaining--) {
    id += numbers.next() + 1;
    roadBlock += numbers.next();
    compound += numbers.next();
    const buildings: CellBuilding[] = [];
    for (let count = numbers.next(); count > 0; count--) {
      const householdCount = numbers.next();
      const source = numbers.next();
      buildings.push({
        buildingId: stored.buildingIds[building++] as BuildingId,
        unitId: source & 1 ? (stored.unitIds[unit++] as BuildingUnitId) : null,
        householdCount,
        countSource: SOURCES[source >> 1]!,
      });
    }
    const override = differing.get(id);
    cells.push({
      id: id as CellId,
      buildings,
      householdCount: override?.households ?? buildings.reduce((sum, { householdCount }) => sum + householdCount, 0),
      areaM2: override?.areaM2 ?? areaM2Of(areas, id as CellId),
      compoundId: compound === 0 ? null : (stored.compoundIds[compound - 1] as CompoundId),
      roadBlock,
    });
  }
  const [centralMeridianDeg, originEastM, originNorthM] = stored.frame;
  return {
    communityCode: stored.community as CommunityCode,
    version: stored.version,
    frame: { centralMeridianDeg, originEastM, originNorthM },
    arcs,
    cells,
  };
}

function areaM2Of(areas: ReadonlyMap<CellId, number>, id: CellId): number {
  return (areas.get(id) ?? 0) / 1e6;
}

function numberOf(names: string[], name: string): number {
  const known = names.lastIndexOf(name);
  return known >= 0 ? known : names.push(name) - 1;
}

/**
 * What arcs join and where they lie, apart (alike numbers compress better). Junctions are numbered as they are met: 0 says a new one,
 * whose place follows, k the one met k junctions ago. Vertices between them are stored by how far they are from lying evenly spaced
 * on the rest of the way.
 */
function writeArcs(numbers: NumberWriter, places: NumberWriter, arcs: readonly Arc[]): void {
  const junctions = new Map<string, number>();
  let lastId = 0;
  let lastLeft = 0;
  let x = 0;
  let y = 0;
  const addJunction = (px: number, py: number): void => {
    const key = `${px},${py}`;
    const known = junctions.get(key);
    if (known === undefined) {
      junctions.set(key, junctions.size);
      numbers.add(0);
      places.add(px - x);
      places.add(py - y);
    } else numbers.add(junctions.size - known);
    x = px;
    y = py;
  };
  numbers.add(arcs.length);
  for (const { id, points, left, right, class: arcClass } of arcs) {
    const l = left ?? 0;
    const last = points.length - 2;
    numbers.add(id - lastId - 1);
    numbers.add(l - lastLeft);
    numbers.add((right ?? 0) - l);
    numbers.add(CLASSES.indexOf(arcClass));
    numbers.add(points.length / 2 - 2);
    addJunction(points[0]!, points[1]!);
    addJunction(points[last]!, points[last + 1]!);
    for (let i = 2; i < last; i += 2) {
      const legs = (last - i) / 2 + 1;
      places.add(points[i]! - expected(points[i - 2]!, points[last]!, legs));
      places.add(points[i + 1]! - expected(points[i - 1]!, points[last + 1]!, legs));
    }
    lastId = id;
    lastLeft = l;
  }
}

function readArcs(numbers: NumberReader, places: NumberReader): Arc[] {
  const junctions: [number, number][] = [];
  const arcs: Arc[] = [];
  let id = 0;
  let left = 0;
  let x = 0;
  let y = 0;
  const readJunction = (): [number, number] => {
    const back = numbers.next();
    if (back === 0) junctions.push([x + places.next(), y + places.next()]);
    const junction = junctions[junctions.length - (back || 1)];
    if (!junction) throw new Error(`arc ${id} refers to a junction ${back} back of ${junctions.length}`);
    [x, y] = junction;
    return junction;
  };
  for (let remaining = numbers.next(); remaining > 0; remaining--) {
    id += numbers.next() + 1;
    left += numbers.next();
    const right = left + numbers.next();
    const arcClass = CLASSES[numbers.next()]!;
    const inner = numbers.next();
    const points = [...readJunction()];
    const end = readJunction();
    for (let legs = inner + 1; legs > 1; legs--) {
      const at = points.length - 2;
      points.push(
        expected(points[at]!, end[0], legs) + places.next(),
        expected(points[at + 1]!, end[1], legs) + places.next(),
      );
    }
    points.push(...end);
    arcs.push({
      id: id as ArcId,
      points,
      left: left === 0 ? null : (left as CellId),
      right: right === 0 ? null : (right as CellId),
      class: arcClass,
    });
  }
  return arcs;
}

/** Where the next vertex lies when the remaining `legs` to the end are alike. */
function expected(from: number, end: number, legs: number): number {
  return from + Math.round((end - from) / legs);
}
