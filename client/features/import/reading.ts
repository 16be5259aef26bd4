import type { ImportLayer, ImportReading, ImportSession, ImportTarget } from '../../../server/wire.ts';

/** How one layer is to be read, as the user is filling it in; `target` null leaves the layer out. */
export interface LayerChoice {
  readonly layer: ImportLayer;
  target: ImportTarget | null;
  mapping: Record<string, string>;
  encoding: string | null;
  crs: string | null;
  datum: 'none' | 'gcj02' | 'bd09';
  departmentName: string;
  estimates: boolean;
  estimateM2PerHousehold: number;
}

export const TARGETS: readonly ImportTarget[] = [
  'communities',
  'buildings',
  'compounds',
  'barriers',
  'grids',
  'departmentGrids',
  'households',
  'roster',
];

/** Tables have no geometry, so only these two can be made of them. */
const TABLE_TARGETS: ReadonlySet<ImportTarget> = new Set(['households', 'roster']);

export const targetsOf = (layer: ImportLayer): readonly ImportTarget[] =>
  layer.geometryType === null ? TARGETS.filter((target) => TABLE_TARGETS.has(target)) : TARGETS;

export const needsPlace = (choice: LayerChoice): boolean =>
  choice.layer.geometryType !== null && choice.target !== null && !TABLE_TARGETS.has(choice.target);

/** A department's layer says whose it is in a column, or the user does. */
export const needsDepartment = (choice: LayerChoice): boolean =>
  choice.target === 'departmentGrids' && !choice.mapping.department;

/** A slab's gross floor area per household, as a beginning; the user sees and changes it. */
const USUAL_M2_PER_HOUSEHOLD = 100;

/** In the order of the work: what others refer to comes first, and what nothing is known of last. */
export function choicesOf(session: ImportSession): LayerChoice[] {
  const rank = ({ suggestedTarget }: ImportLayer) =>
    suggestedTarget === null ? TARGETS.length : TARGETS.indexOf(suggestedTarget);
  const layers = [...session.layers].sort((one, other) => rank(one) - rank(other));
  return layers.map((layer) => ({
    layer,
    target: layer.suggestedTarget,
    mapping: { ...layer.suggestedMapping },
    encoding: layer.encoding,
    crs: layer.crs,
    datum: 'none',
    departmentName: '',
    estimates: false,
    estimateM2PerHousehold: USUAL_M2_PER_HOUSEHOLD,
  }));
}

/** What still keeps the reading from being previewed. */
export function missingOf(choice: LayerChoice): 'crs' | 'department' | null {
  if (choice.target === null) return null;
  if (needsPlace(choice) && !choice.crs) return 'crs';
  if (needsDepartment(choice) && !choice.departmentName.trim()) return 'department';
  return null;
}

export function readingOf(choices: readonly LayerChoice[]): ImportReading {
  return {
    layers: choices.flatMap((choice) =>
      choice.target === null
        ? []
        : [
            {
              file: choice.layer.file,
              layer: choice.layer.layer,
              target: choice.target,
              mapping: Object.fromEntries(Object.entries(choice.mapping).filter(([, column]) => column)),
              encoding: choice.encoding,
              crs: choice.crs,
              datum: choice.datum,
              departmentName: needsDepartment(choice) ? choice.departmentName.trim() : null,
              estimateM2PerHousehold:
                choice.target === 'buildings' && choice.estimates ? choice.estimateM2PerHousehold : null,
            },
          ],
    ),
  };
}
