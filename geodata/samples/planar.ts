// Plane geometry of the sample town, in metres, x east and y north. Only what a drawing needs: not for measuring real ground.

export type Point = readonly [x: number, y: number];
/** Counter-clockwise, not closed. */
export type Ring = readonly Point[];
/** A corner of a block, and how far a fence keeps from the edge that begins at it (metres). */
export interface BlockCorner {
  readonly at: Point;
  readonly setbackM: number;
}
export type Block = readonly BlockCorner[];

export const ringOf = (block: Block): Ring => block.map((corner) => corner.at);
export const along = (from: Point, to: Point, share: number): Point => [
  from[0] + (to[0] - from[0]) * share,
  from[1] + (to[1] - from[1]) * share,
];

export function areaOf(ring: Ring): number {
  let twice = 0;
  ring.forEach((p, i) => {
    const q = ring[(i + 1) % ring.length]!;
    twice += p[0] * q[1] - q[0] * p[1];
  });
  return twice / 2;
}

export function middleOf(ring: Ring): Point {
  let x = 0;
  let y = 0;
  let twice = 0;
  ring.forEach((p, i) => {
    const q = ring[(i + 1) % ring.length]!;
    const cross = p[0] * q[1] - q[0] * p[1];
    twice += cross;
    x += (p[0] + q[0]) * cross;
    y += (p[1] + q[1]) * cross;
  });
  return [x / (3 * twice), y / (3 * twice)];
}

export function isInside(ring: Ring, [x, y]: Point): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi, yi] = ring[i]!;
    const [xj, yj] = ring[j]!;
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

const turn = (a: Point, b: Point, c: Point) => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);

function segmentsCross(a: Point, b: Point, c: Point, d: Point): boolean {
  return turn(a, b, c) > 0 !== turn(a, b, d) > 0 && turn(c, d, a) > 0 !== turn(c, d, b) > 0;
}

/** Whether `inner` lies wholly inside `outer`. */
export function contains(outer: Ring, inner: Ring): boolean {
  return (
    inner.every((point) => isInside(outer, point)) &&
    outer.every((a, i) => {
      const b = outer[(i + 1) % outer.length]!;
      return inner.every((c, k) => !segmentsCross(a, b, c, inner[(k + 1) % inner.length]!));
    })
  );
}

/** An upright rectangle's corners, turned by `angle` (radians) about its middle. */
export function rectangle(middle: Point, lengthM: number, depthM: number, angle: number): Ring {
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  return (
    [
      [-1, -1],
      [1, -1],
      [1, 1],
      [-1, 1],
    ] as const
  ).map(([u, v]) => {
    const x = (u * lengthM) / 2;
    const y = (v * depthM) / 2;
    return [middle[0] + x * cos - y * sin, middle[1] + x * sin + y * cos];
  });
}

/**
 * The convex ground of a block that keeps every edge's setback and `marginM` more; null when nothing sensible remains.
 * Blocks are nearly convex, so what a slightly concave edge loses by this is what a surveyor would give to the pavement.
 */
export function insetOf(block: Block, marginM: number): Ring | null {
  let ring = ringOf(block);
  block.forEach((corner, i) => {
    const next = block[(i + 1) % block.length]!.at;
    const length = Math.hypot(next[0] - corner.at[0], next[1] - corner.at[1]);
    if (length < 0.5) return;
    const inwards: Point = [-(next[1] - corner.at[1]) / length, (next[0] - corner.at[0]) / length];
    const least = corner.at[0] * inwards[0] + corner.at[1] * inwards[1] + corner.setbackM + marginM;
    ring = keepBeyond(ring, inwards, least);
  });
  ring = withoutIdleCorners(ring);
  return ring.length >= 3 && areaOf(ring) > 400 ? ring : null;
}

/** The part of a ring whose points have a dot product with `normal` of at least `least`. */
function keepBeyond(ring: Ring, normal: Point, least: number): Ring {
  const height = (p: Point) => p[0] * normal[0] + p[1] * normal[1] - least;
  return ring.flatMap((p, i) => {
    const q = ring[(i + 1) % ring.length]!;
    const [here, there] = [height(p), height(q)];
    const crossing = here >= 0 !== there >= 0 ? [along(p, q, here / (here - there))] : [];
    return here >= 0 ? [p, ...crossing] : crossing;
  });
}

function withoutIdleCorners(ring: Ring): Ring {
  const apart = ring.filter((p, i) => {
    const q = ring[(i + 1) % ring.length]!;
    return Math.hypot(q[0] - p[0], q[1] - p[1]) > 0.8;
  });
  return apart.filter((p, i) => {
    const before = apart[(i + apart.length - 1) % apart.length]!;
    const after = apart[(i + 1) % apart.length]!;
    return Math.abs(turn(before, p, after)) > 0.3 * Math.hypot(after[0] - before[0], after[1] - before[1]);
  });
}

export interface Split {
  readonly left: Block;
  readonly right: Block;
  /** The path between the halves, from edge to edge. */
  readonly path: readonly Point[];
}

/**
 * Cuts a block in two by the line through `through` in direction `angle`, bent sideways by `bendM` in its middle.
 * Null when the line meets the block's outline anywhere but in two places, or too near a corner.
 */
export function splitBlock(block: Block, through: Point, angle: number, bendM: number, setbackM: number): Split | null {
  const direction: Point = [Math.cos(angle), Math.sin(angle)];
  const side = (p: Point) => direction[0] * (p[1] - through[1]) - direction[1] * (p[0] - through[0]);
  const hits: { edge: number; at: Point }[] = [];
  block.forEach((corner, edge) => {
    const next = block[(edge + 1) % block.length]!.at;
    const here = side(corner.at);
    const there = side(next);
    if (here >= 0 !== there >= 0) hits.push({ edge, at: along(corner.at, next, here / (here - there)) });
  });
  if (hits.length !== 2) return null;
  const [first, second] = hits as [(typeof hits)[0], (typeof hits)[0]];
  const tooNear = block.some((corner) =>
    hits.some((hit) => Math.hypot(hit.at[0] - corner.at[0], hit.at[1] - corner.at[1]) < 9),
  );
  if (tooNear) return null;
  const middle = along(first.at, second.at, 0.5);
  const bend: Point = [middle[0] - direction[1] * bendM, middle[1] + direction[0] * bendM];
  const cut = (at: Point): BlockCorner => ({ at, setbackM });
  const arrive = (hit: (typeof hits)[0]): BlockCorner => ({ at: hit.at, setbackM: block[hit.edge]!.setbackM });
  const inner = block.slice(first.edge + 1, second.edge + 1);
  const outer = [...block.slice(second.edge + 1), ...block.slice(0, first.edge + 1)];
  return {
    left: [arrive(first), ...inner, cut(second.at), cut(bend)],
    right: [arrive(second), ...outer, cut(first.at), cut(bend)],
    path: [first.at, bend, second.at],
  };
}
