import { FaceClipper } from '../geometry/clip-to-faces.ts';
import { faceAt, forEachHalfEdge, type Subdivision } from '../geometry/polygonize.ts';
import { addSegment, noSegments, type Segments } from '../geometry/segments.ts';
import { OwnedVoronoi } from '../geometry/voronoi.ts';
import { edgeLengths, piecesOfFaces } from './face-pieces.ts';
import { SPLITTING_TAGS, weightiestBarrier } from './tags.ts';

/** Ground without buildings and narrower than this between barriers is a verge, a ramp's eye or a small roundabout … */
const NARROW_MM = 20_000;
/** … and narrower than this a median between carriageways, when it is many times as long as wide. */
const NARROW_STRIP_MM = 40_000;
const STRIP_ELONGATION = 8;
const AT_EDGE_SHARE = 0.2;
/** Water narrower than this gets a line in its middle; what is wider is a cell of its own. */
const NARROW_WATER_MM = 80_000;
const SAMPLE_SPACING_MM = 1500;
/** A side of a strip counts as such from this share of its outline. */
const SIDE_SHARE = 0.25;

export interface Collapsed {
  /** By face: the strip it belongs to, −1 when it stays. */
  readonly stripOf: Int32Array;
  /** By strip: whose face a point of it falls to, or null when the strip has only one neighbour `soleOwner`. */
  readonly ownerAt: readonly ((x: number, y: number) => number)[];
  /** Middle lines of the strips, tagged with the barriers they stand for. */
  readonly middles: Segments;
}

/**
 * Collapses strips between barriers, and small faces where barriers meet, to a line in the middle: the Voronoi border between
 * the blocks around. Where one side of a strip is weightier (a road beside a wall), that side stays and the strip joins the other.
 */
export function collapseStrips(
  subdivision: Subdivision,
  isInside: (face: number) => boolean,
  isWater: (face: number) => boolean,
  hasBuilding: (face: number) => boolean,
): Collapsed {
  const { faceCount, faceOf } = subdivision;
  const lengths = edgeLengths(subdivision);
  const narrow = new Uint8Array(faceCount);
  const water = piecesOfFaces(
    subdivision,
    (face) => isInside(face) && isWater(face),
    () => true,
  );
  const facesOfWater: number[][] = Array.from({ length: water.count }, () => []);
  for (let face = 0; face < faceCount; face++) {
    if (!isInside(face)) continue;
    if (water.pieceOf[face]! >= 0) facesOfWater[water.pieceOf[face]!]!.push(face);
    else if (!hasBuilding(face) && isStrip(subdivision, face, lengths, isInside)) narrow[face] = 1;
  }
  for (const faces of facesOfWater) {
    if (isNarrower(subdivision, faces, lengths, NARROW_WATER_MM)) for (const face of faces) narrow[face] = 1;
  }
  const strips = piecesOfFaces(
    subdivision,
    (face) => narrow[face] === 1,
    () => true,
  );
  const middles = noSegments();
  const ownerAt: ((x: number, y: number) => number)[] = [];
  const stripOf = new Int32Array(faceCount).fill(-1);
  const facesOf: number[][] = Array.from({ length: strips.count }, () => []);
  for (let face = 0; face < faceCount; face++)
    if (strips.pieceOf[face]! >= 0) facesOf[strips.pieceOf[face]!]!.push(face);
  let clipper: FaceClipper | null = null;
  facesOf.forEach((faces, piece) => {
    const inStrip = (face: number): boolean => face >= 0 && strips.pieceOf[face] === piece;
    const sides = samplesAround(subdivision, faces, lengths, inStrip, isInside);
    if (sides.owners.length === 0) return;
    const strip = ownerAt.length;
    for (const face of faces) stripOf[face] = strip;
    const voronoi = new OwnedVoronoi(sides.points, sides.owners);
    ownerAt.push((x, y) => voronoi.ownerAt(x, y));
    clipper ??= new FaceClipper(subdivision);
    const clip = clipper;
    voronoi.forEachBorder((x0, y0, x1, y1, a, b) => {
      const tag = weightiestBarrier(sides.tags[a]! | sides.tags[b]!);
      clip.clip(x0, y0, x1, y1, inStrip, (ax, ay, bx, by) => addSegment(middles, ax, ay, bx, by, tag));
    });
  });
  return { stripOf, ownerAt, middles };

  function samplesAround(
    { edges }: Subdivision,
    faces: readonly number[],
    edgeLength: Float64Array,
    inStrip: (face: number) => boolean,
    inside: (face: number) => boolean,
  ) {
    const sides: { half: number; owner: number; tag: number }[] = [];
    const lengthByTag = new Map<number, number>();
    let total = 0;
    for (const face of faces) {
      forEachHalfEdge(subdivision, face, (half) => {
        const owner = faceOf[half ^ 1]!;
        if (inStrip(owner) || owner < 0 || !inside(owner)) return;
        const tag = weightiestBarrier(edges.tags[half >> 1]! & SPLITTING_TAGS);
        sides.push({ half, owner, tag });
        lengthByTag.set(tag, (lengthByTag.get(tag) ?? 0) + edgeLength[half >> 1]!);
        total += edgeLength[half >> 1]!;
      });
    }
    const substantial = [...lengthByTag].filter(([, length]) => length >= SIDE_SHARE * total).map(([tag]) => tag);
    const weightiest = Math.min(...substantial);
    const taking = substantial.length > 1 ? sides.filter(({ tag }) => tag !== weightiest) : sides;
    const points: number[] = [];
    const owners: number[] = [];
    const tags: number[] = [];
    for (const { half, owner, tag } of taking) {
      const a = edges.from[half >> 1]!;
      const b = edges.to[half >> 1]!;
      const count = Math.max(1, Math.ceil(edgeLength[half >> 1]! / SAMPLE_SPACING_MM));
      for (let k = 0; k < count; k++) {
        const t = (k + 0.5) / count;
        points.push(edges.xs[a]! + (edges.xs[b]! - edges.xs[a]!) * t, edges.ys[a]! + (edges.ys[b]! - edges.ys[a]!) * t);
        owners.push(owner);
        tags.push(tag);
      }
    }
    return { points, owners, tags };
  }
}

function isStrip(
  subdivision: Subdivision,
  face: number,
  lengths: Float64Array,
  isInside: (face: number) => boolean,
): boolean {
  if (isNarrower(subdivision, [face], lengths, NARROW_MM)) return true;
  let outlineMm = 0;
  let atEdgeMm = 0;
  forEachHalfEdge(subdivision, face, (half) => {
    const beyond = subdivision.faceOf[half ^ 1]!;
    outlineMm += lengths[half >> 1]!;
    if (beyond < 0 || !isInside(beyond)) atEdgeMm += lengths[half >> 1]!;
  });
  // along the community's boundary there is no other carriageway, and the road itself is the better border
  if (atEdgeMm > AT_EDGE_SHARE * outlineMm) return false;
  // a strip of width w and length l has about the outline 2l and the area wl
  const elongation = (outlineMm * outlineMm) / (4 * subdivision.areaMm2[face]!);
  return elongation > STRIP_ELONGATION && isNarrower(subdivision, [face], lengths, NARROW_STRIP_MM);
}

/** Is no circle of this diameter inside the faces? */
function isNarrower(
  subdivision: Subdivision,
  faces: readonly number[],
  lengths: Float64Array,
  widthMm: number,
): boolean {
  const { edges, faceOf } = subdivision;
  const members = new Set(faces);
  let areaMm2 = 0;
  let outlineMm = 0;
  const outline: number[] = [];
  for (const face of faces) {
    areaMm2 += subdivision.areaMm2[face]!;
    forEachHalfEdge(subdivision, face, (half) => {
      if (members.has(faceOf[half ^ 1]!)) return;
      outline.push(half);
      outlineMm += lengths[half >> 1]!;
    });
  }
  // every point of a shape is nearer to its outline than the radius of its largest circle, so area ≤ radius × outline
  if (areaMm2 > (widthMm / 2) * outlineMm) return false;
  const points: number[] = [];
  const spacingMm = widthMm / 12;
  for (const half of outline) {
    const a = edges.from[half >> 1]!;
    const b = edges.to[half >> 1]!;
    const count = Math.max(1, Math.ceil(lengths[half >> 1]! / spacingMm));
    for (let k = 0; k < count; k++) {
      const t = (k + 0.5) / count;
      points.push(edges.xs[a]! + (edges.xs[b]! - edges.xs[a]!) * t, edges.ys[a]! + (edges.ys[b]! - edges.ys[a]!) * t);
    }
  }
  let isNarrow = true;
  new OwnedVoronoi(points, new Int32Array(points.length / 2)).forEachEmptyCircle((x, y, radius) => {
    if (isNarrow && radius * 2 > widthMm && members.has(faceAt(subdivision, x, y))) isNarrow = false;
  });
  return isNarrow;
}
