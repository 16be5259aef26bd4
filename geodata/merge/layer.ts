import type { MultiPolygon, Polygon } from 'geojson';
import type { DepartmentId } from '../model/index.ts';

/** One department's grids over a community, as it drew them. */
export interface DepartmentLayer {
  readonly id: DepartmentId;
  readonly name: string;
  /** How much its borders count against the others'; 1 for all when nobody says. */
  readonly weight: number;
  /** What its grid workers do, and the general grids' workers will. */
  readonly duties: readonly string[];
  readonly grids: readonly {
    readonly code: string;
    readonly name: string;
    readonly area: Polygon | MultiPolygon;
  }[];
}
