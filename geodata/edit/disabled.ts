import type { BuildingId, CellId, Change, GridId, Result } from '../model/index.ts';

/** Why a verb can't be done now, as a code the client turns into a sentence, with what it is about. */
export interface Disabled {
  readonly code: DisabledCode;
  readonly gridIds?: readonly GridId[];
  readonly cellIds?: readonly CellId[];
  readonly buildingIds?: readonly BuildingId[];
  readonly location?: readonly [longitude: number, latitude: number];
}

export type DisabledCode =
  | 'nothingToChange'
  | 'gridUnknown'
  | 'gridLocked'
  | 'cellUnknown'
  | 'tooFewGrids'
  | 'codeTaken'
  | 'codesExhausted'
  | 'partitionDoesNotFit'
  | 'lineTooShort'
  | 'lineDividesNothing'
  | 'lineDividesBuilding'
  | 'lineLeavesBorder'
  | 'ringHoldsNothing';

export type Edit = Result<Change, Disabled>;

/** Ids that a verb needs for what it makes; the caller has the source of them. */
export interface EditIds {
  readonly changeId: string;
  readonly newGridId: () => GridId;
}
