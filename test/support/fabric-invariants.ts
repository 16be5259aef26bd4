import { ringsByCell } from '../../geodata/fabric/rings.ts';
import { addLine, noSegments } from '../../geodata/geometry/segments.ts';
import { snapRound } from '../../geodata/geometry/snap-round.ts';
import type { Fabric } from '../../geodata/model/index.ts';

/** Everything that is wrong with a fabric, in words; empty when it is sound. */
export function faultsOf(fabric: Fabric): string[] {
  const faults: string[] = [];
  const ascending = (items: readonly { readonly id: number }[], what: string) => {
    items.forEach(({ id }, i) => {
      if (i > 0 && items[i - 1]!.id >= id) faults.push(`${what} ${id} out of order`);
    });
  };
  ascending(fabric.arcs, 'arc');
  ascending(fabric.cells, 'cell');
  const known = new Set(fabric.cells.map(({ id }) => id));
  for (const arc of fabric.arcs) {
    if (arc.points.length < 4) faults.push(`arc ${arc.id} has no length`);
    if (arc.left === arc.right) faults.push(`arc ${arc.id} has ${arc.left} on both sides`);
    for (const cell of [arc.left, arc.right])
      if (cell !== null && !known.has(cell)) faults.push(`arc ${arc.id} borders missing cell ${cell}`);
    if (arc.points.some((value) => !Number.isInteger(value))) faults.push(`arc ${arc.id} is off the lattice`);
  }
  const rings = ringsByCell(fabric);
  for (const cell of fabric.cells) {
    const own = rings.get(cell.id) ?? [];
    const areaM2 = own.reduce((sum, ring) => sum + ring.areaMm2, 0) / 1e6;
    const outers = own.filter((ring) => ring.areaMm2 > 0).length;
    if (outers !== 1) faults.push(`cell ${cell.id} has ${outers} outer rings`);
    if (Math.abs(areaM2 - cell.areaM2) > 1e-6)
      faults.push(`cell ${cell.id} says ${cell.areaM2} m², arcs say ${areaM2}`);
    const households = cell.buildings.reduce((sum, { householdCount }) => sum + householdCount, 0);
    if (households !== cell.householdCount) faults.push(`cell ${cell.id} says ${cell.householdCount} households`);
  }
  const segments = noSegments();
  for (const { points } of fabric.arcs) addLine(segments, points, 1);
  const noded = snapRound(segments).from.length;
  if (noded !== segments.tags.length)
    faults.push(`arcs cross: ${segments.tags.length} segments, ${noded} after noding`);
  return faults;
}

export const totalAreaM2 = (fabric: Fabric) => fabric.cells.reduce((sum, { areaM2 }) => sum + areaM2, 0);
export const totalHouseholds = (fabric: Fabric) =>
  fabric.cells.reduce((sum, { householdCount }) => sum + householdCount, 0);
