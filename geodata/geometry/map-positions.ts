import type { Geometry, Position } from 'geojson';

type Nested = Position | Nested[];

/** The same geometry with every position put through `change`; heights are dropped. Collections are walked into. */
export function mapPositions<Shape extends Geometry>(
  shape: Shape,
  change: (x: number, y: number) => [number, number],
): Shape {
  const walk = (nested: Nested): Nested =>
    typeof nested[0] === 'number'
      ? change(nested[0], (nested as Position)[1]!)
      : (nested as Nested[]).map((inner) => walk(inner));
  if (shape.type === 'GeometryCollection') {
    return {
      type: shape.type,
      geometries: shape.geometries.map((inner) => mapPositions(inner, change)),
    } as Geometry as Shape;
  }
  return { type: shape.type, coordinates: walk(shape.coordinates as Nested) } as Geometry as Shape;
}

/** Every position of a geometry, in order. */
export function* positionsOf(shape: Geometry): Generator<Position> {
  if (shape.type === 'GeometryCollection') {
    for (const inner of shape.geometries) yield* positionsOf(inner);
    return;
  }
  function* walk(nested: Nested): Generator<Position> {
    if (nested.length === 0) return;
    if (typeof nested[0] === 'number') yield nested as Position;
    else for (const inner of nested as Nested[]) yield* walk(inner);
  }
  yield* walk(shape.coordinates as Nested);
}
