import type { Geometry, Position } from 'geojson';

/** West, south, east, north in degrees. */
export type BoundingBox = [number, number, number, number];

/** The box around some geometries; the whole of Jilin when there are none. */
export function boundsOf(geometries: Iterable<Geometry>): BoundingBox {
  const box: BoundingBox = [
    Number.POSITIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ];
  for (const geometry of geometries) {
    for (const [lon, lat] of positionsOf(geometry)) {
      box[0] = Math.min(box[0], lon!);
      box[1] = Math.min(box[1], lat!);
      box[2] = Math.max(box[2], lon!);
      box[3] = Math.max(box[3], lat!);
    }
  }
  return box[0] <= box[2] ? box : [121.6, 40.8, 131.3, 46.3];
}

/** Every position of a geometry, in order. */
export function* positionsOf(geometry: Geometry): Generator<Position> {
  if (geometry.type === 'GeometryCollection') {
    for (const part of geometry.geometries) yield* positionsOf(part);
    return;
  }
  yield* flatten(geometry.coordinates as Nested);
}

type Nested = Position | readonly Nested[];

function* flatten(nested: Nested): Generator<Position> {
  if (typeof nested[0] === 'number') yield nested as Position;
  else for (const inner of nested as readonly Nested[]) yield* flatten(inner);
}
