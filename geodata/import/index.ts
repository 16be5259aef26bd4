// From features and rows of any file to the model: look (suggest), place (to-lon-lat), then read.
export { ALIASES, type ColumnSamples, type ImportTarget, suggestMapping, suggestTarget } from './aliases.ts';
export { type CleanFeature, cleanFeatures, REJECTED, REPAIRED, repairFeatures } from './clean-features.ts';
export { estimateHouseholds } from './estimate-households.ts';
export type { ColumnMapping, InputFeature, InputRow, Reading, ReadingSource } from './input.ts';
export { parseFloors, parseHouseholds, parseUnits } from './parse-count.ts';
export { privacyIssues } from './privacy.ts';
export { readBarriers } from './read-barriers.ts';
export { readBuildings } from './read-buildings.ts';
export { readCommunities } from './read-communities.ts';
export { linkCompounds, readCompounds } from './read-compounds.ts';
export { type ImportedDepartmentGrid, type ImportedGrid, readDepartmentGrids, readGrids } from './read-grids.ts';
export { type HouseholdRow, joinHouseholds, readHouseholdTable } from './read-household-table.ts';
export { readRoster } from './read-roster.ts';
export { toLonLatFeatures } from './to-lon-lat.ts';
