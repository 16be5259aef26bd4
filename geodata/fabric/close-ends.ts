import { boxOf, insideRings } from '../geometry/lattice.ts';
import { toLonLat } from '../geometry/local-frame.ts';
import { addLine, addRing, noSegments, type Segments } from '../geometry/segments.ts';
import { type Bins, binSegments, SquareGrid } from '../geometry/square-grid.ts';
import type { BarrierClass, Issue } from '../model/index.ts';
import type { LatticeGround } from './lattice-ground.ts';
import { TAG, tagOf } from './tags.ts';

/** A barrier that ends this close to another line was meant to reach it. */
const CLOSED_GAP_MM = 1000;
/** Nearer than this it does reach it, but for rounding. */
const SILENT_GAP_MM = 2;
const OVERSHOOT_MM = 3;

/**
 * Lines that bridge the gap from a barrier's dangling end to the line it nearly meets, as segments, and an issue `roadEndClosed`
 * each (values: barrierClass, gapM). A road that ends millimetres short of the boundary would not part two blocks.
 */
export function closeDanglingEnds(lattice: LatticeGround): { bridges: Segments; issues: Issue[] } {
  const bridges = noSegments();
  const issues: Issue[] = [];
  const { segments, lineOf, lines } = allLines(lattice);
  if (lines.length === 0) return { bridges, issues };
  const { minX, minY, maxX, maxY } = boxOf([segments.coordinates]);
  const grid = new SquareGrid(minX, minY, maxX, maxY, segments.tags.length * 2);
  const bins = binSegments(grid, segments.coordinates, 0);
  for (const [index, { line, barrierClass }] of lines.entries()) {
    const last = line.length - 2;
    if (line[0] === line[last] && line[1] === line[last + 1]) continue;
    for (const at of [0, last]) {
      const x = line[at]!;
      const y = line[at + 1]!;
      if (!insideRings(lattice.community, x, y)) continue;
      const nearest = nearestPoint(segments, lineOf, grid, bins, index, x, y);
      if (!nearest || nearest.distance === 0) continue;
      const reach = 1 + OVERSHOOT_MM / nearest.distance;
      const toX = Math.round(x + (nearest.x - x) * reach);
      const toY = Math.round(y + (nearest.y - y) * reach);
      addLine(bridges, [x, y, toX, toY], tagOf(barrierClass));
      if (nearest.distance <= SILENT_GAP_MM) continue;
      issues.push({
        code: 'roadEndClosed',
        severity: 'notice',
        location: toLonLat(lattice.frame, x, y),
        values: { barrierClass, gapM: Math.round(nearest.distance) / 1000 },
      });
    }
  }
  return { bridges, issues };
}

function allLines(lattice: LatticeGround) {
  const segments = noSegments();
  const lineOf: number[] = [];
  const lines: { line: readonly number[]; barrierClass: BarrierClass }[] = [];
  for (const barrier of lattice.barriers) {
    for (const line of barrier.lines) {
      addLine(segments, line, tagOf(barrier.class));
      while (lineOf.length < segments.tags.length) lineOf.push(lines.length);
      lines.push({ line, barrierClass: barrier.class });
    }
    for (const ring of barrier.areas) addRing(segments, ring, tagOf(barrier.class));
  }
  for (const ring of lattice.community) addRing(segments, ring, TAG.community);
  for (const { rings } of lattice.compounds) for (const ring of rings) addRing(segments, ring, TAG.wall);
  while (lineOf.length < segments.tags.length) lineOf.push(-1);
  return { segments, lineOf, lines };
}

function nearestPoint(
  segments: Segments,
  lineOf: readonly number[],
  grid: SquareGrid,
  bins: Bins,
  ownLine: number,
  x: number,
  y: number,
) {
  const c = segments.coordinates;
  const found = grid.aroundBox(x - CLOSED_GAP_MM, y - CLOSED_GAP_MM, x + CLOSED_GAP_MM, y + CLOSED_GAP_MM);
  let best: { x: number; y: number; distance: number } | null = null;
  for (let k = 0; k < found; k++) {
    const square = grid.squares[k]!;
    for (let p = bins.starts[square]!; p < bins.starts[square + 1]!; p++) {
      const segment = bins.items[p]!;
      if (lineOf[segment] === ownLine) continue;
      const ax = c[segment * 4]!;
      const ay = c[segment * 4 + 1]!;
      const dx = c[segment * 4 + 2]! - ax;
      const dy = c[segment * 4 + 3]! - ay;
      const t = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)));
      const nearX = ax + t * dx;
      const nearY = ay + t * dy;
      const distance = Math.hypot(nearX - x, nearY - y);
      if (distance <= CLOSED_GAP_MM && (best === null || distance < best.distance))
        best = { x: nearX, y: nearY, distance };
    }
  }
  return best;
}
