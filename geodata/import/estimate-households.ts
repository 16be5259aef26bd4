import { polygonAreaM2 } from '../geometry/plane-area.ts';
import type { Building } from '../model/index.ts';

/**
 * The building with its missing count estimated as footprint × floors ÷ `m2PerHousehold` (gross floor area of one flat, walls and stairs
 * included; 90 to 120 m² for slabs is the usual assumption), rounded, and marked 'estimated'. Unchanged when it has a count, stands
 * as a point, or its floors aren't known.
 */
export function estimateHouseholds(
  building: Building,
  { m2PerHousehold }: { readonly m2PerHousehold: number },
): Building {
  if (!(m2PerHousehold > 0)) throw new Error(`m2PerHousehold must be positive, not ${m2PerHousehold}`);
  const { countSource, footprint, floorCount } = building;
  if (countSource !== 'missing' || footprint.type === 'Point' || floorCount === null) return building;
  const householdCount = Math.round((polygonAreaM2(footprint) * floorCount) / m2PerHousehold);
  return { ...building, householdCount, countSource: 'estimated' };
}
