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
  | 'gridExists'
  | 'gridEmpty'
  | 'cellUnknown'
  | 'tooFewGrids'
  | 'codeTaken'
  | 'codeInvalid'
  | 'partitionDoesNotFit'
  | 'lineTooShort'
  | 'lineMissesGrid'
  | 'lineDividesNothing'
  | 'lineDividesBuilding'
  | 'lineCrossesItself'
  | 'lineLeavesBorder'
  | 'ringHoldsNothing';

export type Edit = Result<Change, Disabled>;
