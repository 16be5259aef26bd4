import { insideRings, type LatticeRing } from '../geometry/lattice.ts';
import { addLine, addRing, noSegments } from '../geometry/segments.ts';
import { snapRound } from '../geometry/snap-round.ts';
import type { Arc, Fabric, Ground } from '../model/index.ts';
import { areasOf } from './assemble.ts';
import { latticeGroundOf } from './lattice-ground.ts';
import { FootprintFinder, overlapsOf } from './overlaps.ts';
import { ringsByCell, signedArea } from './rings.ts';

/** Something a fabric must never be: a bug, not a matter for planners. */
export interface FabricFault {
  readonly code:
    | 'idsNotAscending'
    | 'arcWithoutLength'
    | 'arcWithoutSides'
    | 'unknownCell'
    | 'offLattice'
    | 'arcsCross'
    | 'ringsDontClose'
    | 'cellInPieces'
    | 'wrongArea'
    | 'wrongHouseholds'
    | 'notCovered'
    | 'buildingMissing'
    | 'buildingTwice'
    | 'borderInsideFootprint';
  readonly values: Readonly<Record<string, string | number>>;
}

/** Everything wrong with a fabric; with its ground, also whether it covers the community and respects the buildings. */
export function checkFabric(fabric: Fabric, ground?: Ground): FabricFault[] {
  const faults = [...idFaults(fabric), ...arcFaults(fabric)];
  // the rest makes sense only for closed rings
  if (faults.length > 0) return faults;
  faults.push(...cellFaults(fabric));
  if (ground) faults.push(...groundFaults(fabric, ground));
  return faults;
}

/** Length of borders (entrances aside) that run through footprints, deeper than 2 mm; ground that footprints share is left out. */
export function borderInsideFootprintsM(fabric: Fabric, ground: Ground): number {
  const lattice = latticeGroundOf(ground);
  const { insideShare } = overlapsOf(lattice);
  const finder = new FootprintFinder(lattice.footprints);
  let totalMm = 0;
  for (const arc of fabric.arcs) {
    if (arc.class === 'entrance' || arc.class === 'community' || arc.class === 'drawn') continue;
    const p = arc.points;
    for (let i = 0; i + 3 < p.length; i += 2) {
      const [x0, y0, x1, y1] = [p[i]!, p[i + 1]!, p[i + 2]!, p[i + 3]!];
      const box = { minX: Math.min(x0, x1), minY: Math.min(y0, y1), maxX: Math.max(x0, x1), maxY: Math.max(y0, y1) };
      const met = finder.meeting(box).filter((footprint) => insideShare[footprint]! >= 0.5);
      if (met.length === 0) continue;
      const length = Math.hypot(x1 - x0, y1 - y0);
      const steps = Math.max(1, Math.ceil(length / 50));
      for (let k = 0; k < steps; k++) {
        const x = x0 + ((x1 - x0) * (k + 0.5)) / steps;
        const y = y0 + ((y1 - y0) * (k + 0.5)) / steps;
        const depths = met.map((footprint) => depthIn(lattice.footprints[footprint]!.rings, x, y));
        if (depths.includes('deep') && depths.filter((depth) => depth !== 'outside').length === 1)
          totalMm += length / steps;
      }
    }
  }
  return totalMm / 1000;
}

function depthIn(rings: readonly LatticeRing[], x: number, y: number): 'deep' | 'rim' | 'outside' {
  const around = [
    insideRings(rings, x - 2, y),
    insideRings(rings, x + 2, y),
    insideRings(rings, x, y - 2),
    insideRings(rings, x, y + 2),
  ];
  if (around.every(Boolean)) return 'deep';
  return around.some(Boolean) ? 'rim' : 'outside';
}

/** The community's area on the lattice less the cells' sum, m². */
export function uncoveredAreaM2(fabric: Fabric, ground: Ground): number {
  const community = latticeGroundOf(ground).community;
  const communityMm2 = community.reduce((sum, ring) => sum + signedArea(ring), 0);
  let cellsMm2 = 0;
  for (const area of areasOf(fabric.arcs).values()) cellsMm2 += area;
  return (communityMm2 - cellsMm2) / 1e6;
}

function idFaults({ arcs, cells }: Fabric): FabricFault[] {
  const faults: FabricFault[] = [];
  for (const [what, items] of [
    ['arc', arcs],
    ['cell', cells],
  ] as const) {
    items.forEach(({ id }, i) => {
      if (i > 0 && items[i - 1]!.id >= id) faults.push({ code: 'idsNotAscending', values: { what, id } });
    });
  }
  return faults;
}

function arcFaults({ arcs, cells }: Fabric): FabricFault[] {
  const faults: FabricFault[] = [];
  const known = new Set<number>(cells.map(({ id }) => id));
  const segments = noSegments();
  const fault = (code: FabricFault['code'], arc: Arc): void => void faults.push({ code, values: { arc: arc.id } });
  for (const arc of arcs) {
    const p = arc.points;
    if (p.length < 4) fault('arcWithoutLength', arc);
    if (arc.left === arc.right) fault('arcWithoutSides', arc);
    for (const cell of [arc.left, arc.right]) if (cell !== null && !known.has(cell)) fault('unknownCell', arc);
    if (!p.every(Number.isInteger)) fault('offLattice', arc);
    for (let i = 0; i + 3 < p.length; i += 2)
      if (p[i] === p[i + 2] && p[i + 1] === p[i + 3]) fault('arcWithoutLength', arc);
    addLine(segments, p, 1);
  }
  // a planar set of segments is its own noding; only pixels that are passed close by could bend one
  const noded = snapRound(segments);
  if (noded.from.length < segments.tags.length)
    faults.push({ code: 'arcsCross', values: { edges: noded.from.length, segments: segments.tags.length } });
  faults.push(...crossings(segments.coordinates, noded.from.length > segments.tags.length));
  return faults;
}

function crossings(c: readonly number[], suspicious: boolean): FabricFault[] {
  if (!suspicious) return [];
  const faults: FabricFault[] = [];
  const order = Array.from({ length: c.length / 4 }, (_, i) => i).sort(
    (a, b) => Math.min(c[a * 4]!, c[a * 4 + 2]!) - Math.min(c[b * 4]!, c[b * 4 + 2]!),
  );
  const side = (ax: number, ay: number, bx: number, by: number, px: number, py: number): number =>
    Math.sign((bx - ax) * (py - ay) - (by - ay) * (px - ax));
  for (let i = 0; i < order.length; i++) {
    const a = order[i]! * 4;
    const right = Math.max(c[a]!, c[a + 2]!);
    for (let j = i + 1; j < order.length; j++) {
      const b = order[j]! * 4;
      if (Math.min(c[b]!, c[b + 2]!) > right) break;
      const [ax, ay, bx, by] = [c[a]!, c[a + 1]!, c[a + 2]!, c[a + 3]!];
      const [px, py, qx, qy] = [c[b]!, c[b + 1]!, c[b + 2]!, c[b + 3]!];
      if (Math.max(py, qy) < Math.min(ay, by) || Math.min(py, qy) > Math.max(ay, by)) continue;
      const sides = [
        side(ax, ay, bx, by, px, py),
        side(ax, ay, bx, by, qx, qy),
        side(px, py, qx, qy, ax, ay),
        side(px, py, qx, qy, bx, by),
      ];
      const crosses = sides[0]! * sides[1]! < 0 && sides[2]! * sides[3]! < 0;
      const touches =
        (sides[0] === 0 && within(ax, ay, bx, by, px, py)) ||
        (sides[1] === 0 && within(ax, ay, bx, by, qx, qy)) ||
        (sides[2] === 0 && within(px, py, qx, qy, ax, ay)) ||
        (sides[3] === 0 && within(px, py, qx, qy, bx, by));
      if (crosses || touches) faults.push({ code: 'arcsCross', values: { xMm: px, yMm: py } });
    }
  }
  return faults;
}

/** Is p, on the line through a and b, strictly between them? */
function within(ax: number, ay: number, bx: number, by: number, px: number, py: number): boolean {
  const along = (px - ax) * (bx - ax) + (py - ay) * (by - ay);
  return along > 0 && along < (bx - ax) ** 2 + (by - ay) ** 2;
}

function cellFaults(fabric: Fabric): FabricFault[] {
  const faults: FabricFault[] = [];
  let rings: ReturnType<typeof ringsByCell>;
  try {
    rings = ringsByCell(fabric);
  } catch (error) {
    return [{ code: 'ringsDontClose', values: { reason: String(error) } }];
  }
  for (const { id, areaM2, buildings, householdCount } of fabric.cells) {
    const own = rings.get(id) ?? [];
    const outers = own.filter((ring) => ring.areaMm2 > 0).length;
    if (outers !== 1) faults.push({ code: 'cellInPieces', values: { cell: id, outers } });
    const ringsM2 = own.reduce((sum, ring) => sum + ring.areaMm2, 0) / 1e6;
    if (Math.abs(ringsM2 - areaM2) > 1e-6) faults.push({ code: 'wrongArea', values: { cell: id, areaM2, ringsM2 } });
    if (buildings.reduce((sum, building) => sum + building.householdCount, 0) !== householdCount) {
      faults.push({ code: 'wrongHouseholds', values: { cell: id, householdCount } });
    }
  }
  return faults;
}

function groundFaults(fabric: Fabric, ground: Ground): FabricFault[] {
  const faults: FabricFault[] = [];
  const lattice = latticeGroundOf(ground);
  const segments = noSegments();
  for (const ring of lattice.community) addRing(segments, ring, 1);
  const { coordinates: c } = segments;
  let perimeterMm = 0;
  for (let i = 0; i < c.length; i += 4) perimeterMm += Math.hypot(c[i + 2]! - c[i]!, c[i + 3]! - c[i + 1]!);
  const uncoveredM2 = uncoveredAreaM2(fabric, ground);
  if (Math.abs(uncoveredM2) * 1e6 > perimeterMm) faults.push({ code: 'notCovered', values: { uncoveredM2 } });

  const { insideShare } = overlapsOf(lattice);
  const seen = new Map<string, number>();
  for (const { buildings } of fabric.cells) {
    for (const { buildingId, unitId } of buildings) {
      const key = unitId === null ? buildingId : `${buildingId} ${unitId}`;
      seen.set(key, (seen.get(key) ?? 0) + 1);
    }
  }
  for (const [key, count] of seen) if (count > 1) faults.push({ code: 'buildingTwice', values: { building: key } });
  lattice.footprints.forEach(({ building }, footprint) => {
    const { id, units } = ground.buildings[building]!;
    const stands = seen.has(id) || (units.length > 0 && units.every((unit) => seen.has(`${id} ${unit.id}`)));
    if (stands !== insideShare[footprint]! >= 0.5) faults.push({ code: 'buildingMissing', values: { building: id } });
  });
  const insideM = borderInsideFootprintsM(fabric, ground);
  if (insideM > 0.1) faults.push({ code: 'borderInsideFootprint', values: { lengthM: insideM } });
  return faults;
}
