export type { SampleCounty, SampleDepartment, SampleGrid } from './county.ts';
export { SAMPLE_COUNTY_CODE, SAMPLE_COUNTY_NAME, sampleCounty } from './county.ts';
export { countyFiles, type SampleLayer } from './files.ts';
