// Departmental layers become one: what they agree on → a division that keeps to it → how each grid passed into which.
export { agreementOf, type PlacedLayer, placeLayers } from './agreement.ts';
export { type CrosswalkRow, crosswalkOf } from './crosswalk.ts';
export { dutiesOf } from './duties.ts';
export type { DepartmentLayer } from './layer.ts';
