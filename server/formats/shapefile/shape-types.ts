/** ESRI's shape type numbers (Shapefile Technical Description, July 1998), by what they hold without their Z or M. */
export const NULL_SHAPE = 0;
export const MULTIPATCH = 31;

export type ShapeKind = 'point' | 'polyline' | 'polygon' | 'multipoint';

/** null for types that have no plane geometry to give (MultiPatch) and for numbers that are no type. */
export function shapeKind(type: number): ShapeKind | null {
  switch (type) {
    case 1:
    case 11:
    case 21:
      return 'point';
    case 3:
    case 13:
    case 23:
      return 'polyline';
    case 5:
    case 15:
    case 25:
      return 'polygon';
    case 8:
    case 18:
    case 28:
      return 'multipoint';
    default:
      return null;
  }
}

export const hasHeights = (type: number): boolean => type >= 11 && type <= 18;
