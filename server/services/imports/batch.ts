import type { MultiPolygon, Polygon } from 'geojson';
import type { HouseholdRow } from '../../../geodata/import/index.ts';
import type {
  Barrier,
  Building,
  Community,
  CommunityCode,
  Compound,
  InputIssue,
  Worker,
} from '../../../geodata/model/index.ts';
import type { DrawnGrid } from '../../../geodata/pipeline/plan-from-existing-grids.ts';

export interface HandedInDepartment {
  readonly name: string;
  readonly colour?: string;
  readonly duties?: readonly string[];
  readonly grids: readonly { readonly code: string; readonly name: string; readonly area: Polygon | MultiPolygon }[];
}

/** Everything one import says, read and checked, before it is known where it belongs. */
export interface ImportBatch {
  readonly communities: readonly Community[];
  readonly buildings: readonly Building[];
  readonly compounds: readonly Compound[];
  readonly barriers: readonly Barrier[];
  readonly grids: readonly HandedInGrid[];
  readonly departments: readonly HandedInDepartment[];
  readonly workers: readonly Worker[];
  /** Counts from registers, to be joined to the buildings of the batch and to those stored. */
  readonly counts: readonly HouseholdRow[];
}

/** A grid of today as a file has it, with what the file says of its community (code or name). */
export interface HandedInGrid extends DrawnGrid {
  readonly communityLabel: string | null;
}

export const EMPTY_BATCH: ImportBatch = {
  communities: [],
  buildings: [],
  compounds: [],
  barriers: [],
  grids: [],
  departments: [],
  workers: [],
  counts: [],
};

/** What belongs to one community. */
export interface CommunityShare {
  readonly buildings: readonly Building[];
  readonly compounds: readonly Compound[];
  readonly grids: readonly DrawnGrid[];
}

/** A batch sorted by where it belongs. */
export interface PlacedBatch {
  readonly communities: readonly Community[];
  readonly shares: ReadonlyMap<CommunityCode, CommunityShare>;
  readonly barriers: ReadonlyMap<string, readonly Barrier[]>;
  readonly departments: readonly {
    readonly name: string;
    readonly colour: string | null;
    readonly duties: readonly string[];
    readonly countyCode: string;
    readonly grids: readonly {
      readonly communityCode: CommunityCode;
      readonly code: string;
      readonly name: string;
      readonly area: Polygon | MultiPolygon;
    }[];
  }[];
  readonly workers: readonly Worker[];
  /** Communities whose ground is another one than before: their fabric must be cut anew. */
  readonly changed: readonly CommunityCode[];
  readonly issues: readonly InputIssue[];
}

export type BatchToStore = Omit<PlacedBatch, 'issues'>;
