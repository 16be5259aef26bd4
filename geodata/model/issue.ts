import type { BuildingId, CellId, CommunityCode, GridId, WorkerId } from './ids.ts';

export type Severity = 'error' | 'warning' | 'notice';

/**
 * Something a person should know, as data. The sentence is made in `client/locale` from `code` and `values`;
 * 'error' breaks a hard rule, 'warning' wants a look, 'notice' is for the record.
 */
export interface Issue {
  readonly code: string;
  readonly severity: Severity;
  readonly communityCode?: CommunityCode;
  readonly gridIds?: readonly GridId[];
  readonly cellIds?: readonly CellId[];
  readonly buildingIds?: readonly BuildingId[];
  readonly workerIds?: readonly WorkerId[];
  /** Longitude and latitude (EPSG:4490) of where to look. */
  readonly location?: readonly [number, number];
  /** Numbers and names the sentence needs. */
  readonly values?: Readonly<Record<string, string | number | readonly (string | number)[]>>;
}

/** Where a bad input is: file, 1-based feature or row, field. */
export interface InputIssue extends Issue {
  readonly file?: string;
  readonly feature?: number | string;
  readonly field?: string;
}
