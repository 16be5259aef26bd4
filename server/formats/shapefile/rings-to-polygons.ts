import type { MultiPolygon, Polygon, Position } from 'geojson';

type Ring = readonly Position[];

const twiceArea = (ring: Ring): number => {
  let sum = 0;
  const [x0, y0] = ring[0] as [number, number];
  for (let i = 0; i + 1 < ring.length; i++) {
    const [ax, ay] = ring[i] as [number, number];
    const [bx, by] = ring[i + 1] as [number, number];
    sum += (ax - x0) * (by - y0) - (bx - x0) * (ay - y0);
  }
  return sum;
};

/** 1 inside, −1 outside, 0 on the ring. */
function side([px, py]: Position, ring: Ring): number {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [ax, ay] = ring[i] as [number, number];
    const [bx, by] = ring[j] as [number, number];
    const cross = (bx - ax) * (py! - ay) - (by - ay) * (px! - ax);
    if (
      cross === 0 &&
      Math.min(ax, bx) <= px! &&
      px! <= Math.max(ax, bx) &&
      Math.min(ay, by) <= py! &&
      py! <= Math.max(ay, by)
    ) {
      return 0;
    }
    if (ay > py! !== by > py! && px! < ((bx - ax) * (py! - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside ? 1 : -1;
}

/** A hole may touch its shell, so points on the ring don't count; the first one off it tells. */
function liesIn(inner: Ring, outer: Ring): boolean {
  for (const at of inner) {
    const where = side(at, outer);
    if (where !== 0) return where > 0;
  }
  for (let i = 0; i + 1 < inner.length; i++) {
    const [ax, ay] = inner[i] as [number, number];
    const [bx, by] = inner[i + 1] as [number, number];
    const where = side([(ax + bx) / 2, (ay + by) / 2], outer);
    if (where !== 0) return where > 0;
  }
  return false;
}

/**
 * The polygons of one shapefile record, which stores all rings in one list: shells clockwise, holes counter-clockwise. Where a record
 * breaks that (a counter-clockwise ring in no shell), rings are told apart by how many others they lie in. Rings come out
 * as RFC 7946 wants them (shells counter-clockwise). Rings of fewer than three corners or no area are kept: cleaning reports them.
 */
export function ringsToPolygons(rings: readonly Ring[]): Polygon | MultiPolygon {
  const sized = rings.map((ring) => ({ ring, area: twiceArea(ring) }));
  const bySize = (a: { area: number }, b: { area: number }): number => Math.abs(a.area) - Math.abs(b.area);
  let shells = sized.filter(({ area }) => area <= 0);
  let holes = sized.filter(({ area }) => area > 0);
  const homeOf = (hole: { ring: Ring; area: number }) =>
    shells
      .filter((shell) => Math.abs(shell.area) > Math.abs(hole.area) && liesIn(hole.ring, shell.ring))
      .sort(bySize)[0];
  let homes = holes.map(homeOf);
  if (homes.includes(undefined)) {
    const depth = sized.map(
      (one) =>
        sized.filter(
          (other) => other !== one && Math.abs(other.area) > Math.abs(one.area) && liesIn(one.ring, other.ring),
        ).length,
    );
    shells = sized.filter((_, i) => depth[i]! % 2 === 0);
    holes = sized.filter((_, i) => depth[i]! % 2 === 1);
    homes = holes.map(homeOf);
  }
  const turn = (ring: Ring, area: number, counterClockwise: boolean): Position[] =>
    area > 0 === counterClockwise ? [...ring] : [...ring].reverse();
  const polygons = shells.map((shell) => [
    turn(shell.ring, shell.area, true),
    ...holes.filter((_, i) => homes[i] === shell).map((hole) => turn(hole.ring, hole.area, false)),
  ]);
  return polygons.length === 1
    ? { type: 'Polygon', coordinates: polygons[0]! }
    : { type: 'MultiPolygon', coordinates: polygons };
}
