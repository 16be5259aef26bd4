import { OwnedVoronoi } from '../geometry/voronoi.ts';
import type { LatticeGround } from './lattice-ground.ts';
import { type Sites, siteAt } from './sites.ts';

/** Points on the footprints' perimeters, each with the site it stands for. */
export interface Samples {
  /** x0, y0, x1, y1 … */
  readonly points: number[];
  readonly sites: number[];
}

/** Samples lie this far inside the outline, so that those of two buildings that share a wall don't coincide. */
const INSET_MM = 100;
const LONGEST_PIECE_MM = 8000;
const WIDEST_SPACING_MM = 6000;
const NARROWEST_SPACING_MM = 400;
/** A border between perimeters sampled every s at a gap g zigzags by about s²/(9g): what is tolerated of it. */
const ZIGZAG_MM = 150;

interface Piece {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
  readonly site: number;
  /** Footprints of one group are no gap to each other. */
  readonly first: number;
}

/**
 * Samples every footprint's perimeter at the middles of equal intervals, as closely as the gap to the next building asks for:
 * the gap of a piece of perimeter is that to the pieces next to it in a coarse triangulation.
 */
export function samplesOf(lattice: LatticeGround, sites: Sites): Samples {
  const pieces = piecesOf(lattice, sites);
  const samples: Samples = { points: [], sites: [] };
  if (pieces.length === 0) return samples;
  const middles = new Float64Array(pieces.length * 2);
  pieces.forEach((piece, index) => {
    const [x, y] = inset(piece, 0.5);
    middles[index * 2] = x;
    middles[index * 2 + 1] = y;
  });
  const coarse = new OwnedVoronoi(
    middles,
    pieces.map((piece) => piece.first),
  );
  pieces.forEach((piece, index) => {
    let gap = Infinity;
    coarse.forEachNeighbour(index, (other) => {
      if (pieces[other]!.first !== piece.first) gap = Math.min(gap, pieceDistance(piece, pieces[other]!));
    });
    const wanted = Math.min(gap, Math.sqrt(9 * ZIGZAG_MM * gap), WIDEST_SPACING_MM);
    const spacing = Math.max(wanted, NARROWEST_SPACING_MM);
    const count = Math.max(1, Math.ceil(Math.hypot(piece.x1 - piece.x0, piece.y1 - piece.y0) / spacing));
    for (let k = 0; k < count; k++) {
      samples.points.push(...inset(piece, (k + 0.5) / count));
      samples.sites.push(piece.site);
    }
  });
  return samples;
}

function piecesOf(lattice: LatticeGround, sites: Sites): Piece[] {
  const pieces: Piece[] = [];
  lattice.footprints.forEach((footprint, index) => {
    const first = sites.siteOfFootprint[index]!;
    if (first < 0) return;
    for (const ring of footprint.rings) {
      for (let i = 0; i < ring.length; i += 2) {
        const j = (i + 2) % ring.length;
        const cuts = slicePositions(sites, first, ring[i]!, ring[i + 1]!, ring[j]!, ring[j + 1]!);
        for (let k = 0; k + 1 < cuts.length; k++) {
          addPieces(pieces, sites, first, ring, i, j, cuts[k]!, cuts[k + 1]!);
        }
      }
    }
  });
  return pieces;
}

function addPieces(
  pieces: Piece[],
  sites: Sites,
  first: number,
  ring: readonly number[],
  i: number,
  j: number,
  from: number,
  to: number,
): void {
  const x0 = ring[i]!;
  const y0 = ring[i + 1]!;
  const dx = ring[j]! - x0;
  const dy = ring[j + 1]! - y0;
  const count = Math.max(1, Math.ceil((Math.hypot(dx, dy) * (to - from)) / LONGEST_PIECE_MM));
  for (let k = 0; k < count; k++) {
    const a = from + ((to - from) * k) / count;
    const b = from + ((to - from) * (k + 1)) / count;
    const middle = (a + b) / 2;
    pieces.push({
      x0: x0 + dx * a,
      y0: y0 + dy * a,
      x1: x0 + dx * b,
      y1: y0 + dy * b,
      site: siteAt(sites, first, x0 + dx * middle, y0 + dy * middle),
      first,
    });
  }
}

/** Where an edge of a footprint passes from slice to slice: parameters from 0 to 1. */
function slicePositions({ sites }: Sites, first: number, x0: number, y0: number, x1: number, y1: number): number[] {
  const { slicing } = sites[first]!;
  if (!slicing) return [0, 1];
  const { originX, originY, axisX, axisY, fromMm, toMm } = slicing;
  const at = (x: number, y: number): number =>
    (((x - originX) * axisX + (y - originY) * axisY - fromMm) / (toMm - fromMm)) * slicing.sites.length;
  const start = at(x0, y0);
  const end = at(x1, y1);
  const positions = [0];
  for (let cut = Math.ceil(Math.min(start, end)); cut < Math.max(start, end); cut++) {
    const t = (cut - start) / (end - start);
    if (cut > 0 && cut < slicing.sites.length && t > 0 && t < 1) positions.push(t);
  }
  return [...positions, 1].sort((a, b) => a - b);
}

function inset({ x0, y0, x1, y1 }: Piece, t: number): [number, number] {
  const dx = x1 - x0;
  const dy = y1 - y0;
  const length = Math.hypot(dx, dy);
  return [x0 + dx * t - (dy / length) * INSET_MM, y0 + dy * t + (dx / length) * INSET_MM];
}

function pieceDistance(a: Piece, b: Piece): number {
  return Math.min(
    pointDistance(a.x0, a.y0, b),
    pointDistance(a.x1, a.y1, b),
    pointDistance(b.x0, b.y0, a),
    pointDistance(b.x1, b.y1, a),
  );
}

function pointDistance(x: number, y: number, { x0, y0, x1, y1 }: Piece): number {
  const dx = x1 - x0;
  const dy = y1 - y0;
  const t = Math.min(1, Math.max(0, ((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy)));
  return Math.hypot(x - x0 - t * dx, y - y0 - t * dy);
}
