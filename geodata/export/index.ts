// What leaves: attributes of grids, and the tables that go up with them.
export { type CrosswalkLine, crosswalkTable } from './crosswalk-table.ts';
export { csvOf } from './csv.ts';
export type { ExportField } from './fields.ts';
export { type ExportedGrid, GRID_FIELDS, gridFeature } from './grid-fields.ts';
export { type StaffingLine, staffingTable } from './staffing-table.ts';
export { type ExportTable, headingCells, type TableColumn, type TableValue } from './table.ts';
