/**
 * Branded identifiers: a building's id can't be passed where a grid's is meant.
 * They are plain strings and numbers at run time; `as` at the edge that parsed them is the only way in.
 */
type Branded<Value, Name extends string> = Value & { readonly __name: Name };

/** 12 digits: county 6 (GB/T 2260) + street or town 3 + community 3. */
export type CommunityCode = Branded<string, 'CommunityCode'>;
export type CompoundId = Branded<string, 'CompoundId'>;
export type BuildingId = Branded<string, 'BuildingId'>;
export type BuildingUnitId = Branded<string, 'BuildingUnitId'>;
export type BarrierId = Branded<string, 'BarrierId'>;
export type DepartmentId = Branded<string, 'DepartmentId'>;
export type PlanId = Branded<string, 'PlanId'>;
export type GridId = Branded<string, 'GridId'>;
export type WorkerId = Branded<string, 'WorkerId'>;
/** Unique within one community's fabric; a number that is retired by a cut is never used again. */
export type CellId = Branded<number, 'CellId'>;
export type ArcId = Branded<number, 'ArcId'>;
