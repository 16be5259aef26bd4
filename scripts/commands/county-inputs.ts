import {
  estimateHouseholds,
  type ImportedGrid,
  joinHouseholds,
  linkCompounds,
  readBarriers,
  readBuildings,
  readCommunities,
  readCompounds,
  readGrids,
  readHouseholdTable,
} from '../../geodata/import/index.ts';
import type {
  Barrier,
  Building,
  Community,
  Compound,
  GridId,
  Ground,
  InputIssue,
  Result,
} from '../../geodata/model/index.ts';
import { fail, succeed } from '../../geodata/model/index.ts';
import { groundsOf } from '../../geodata/pipeline/assign-buildings.ts';
import type { DrawnGrid } from '../../geodata/pipeline/plan-from-existing-grids.ts';
import { type Arguments, argumentIssue, numberOf } from './arguments.ts';
import { type ReadingChoices, type ReadLayer, readLayers } from './read-layer.ts';
import { readSheet } from './read-sheet.ts';

export interface CountyInputs {
  readonly grounds: readonly Ground[];
  /** Warnings and notices; errors have stopped the command before. */
  readonly issues: readonly InputIssue[];
}

/** Reads `--communities`, `--buildings`, `--households`, `--barriers`, `--compounds` and sorts them by community; stops at the first bad file set. */
export async function readCounty(
  args: Arguments,
  choices: ReadingChoices,
): Promise<Result<CountyInputs, readonly InputIssue[]>> {
  const estimate = numberOf(args, 'estimate', 0, 1);
  if (!estimate.ok) return estimate;
  const communities = await readValues<Community>(args, choices, 'communities', (layer) =>
    readCommunities(layer.features, layer.mapping, layer),
  );
  const buildings = await readValues<Building>(args, choices, 'buildings', (layer) =>
    readBuildings(layer.features, layer.mapping, layer),
  );
  const compounds = await readValues<Compound>(args, choices, 'compounds', (layer) =>
    readCompounds(layer.features, layer.mapping, layer),
  );
  const barriers = await readValues<Barrier>(args, choices, 'barriers', (layer) =>
    readBarriers(layer.features, layer.mapping, layer),
  );
  const failures = [communities, buildings, compounds, barriers].flatMap((read) => (read.ok ? [] : read.failure));
  if (!communities.ok || !buildings.ok || !compounds.ok || !barriers.ok) return fail(failures);

  const joined = await joinRegister(args, choices, buildings.value.values);
  if (!joined.ok) return joined;
  const linked = linkCompounds(joined.value.buildings, compounds.value.values);
  const counted =
    estimate.value > 0
      ? linked.buildings.map((building) => estimateHouseholds(building, { m2PerHousehold: estimate.value }))
      : linked.buildings;
  const empty = emptiness(args, communities.value.values, counted);
  if (empty.length > 0) return fail(empty);
  const sorted = groundsOf({
    communities: communities.value.values,
    buildings: counted,
    compounds: linked.compounds,
    barriers: barriers.value.values,
  });
  if (sorted.grounds.every((ground) => ground.buildings.length === 0)) {
    return fail([
      {
        code: 'noBuildingInAnyCommunity',
        severity: 'error',
        file: args.text('buildings')!,
        values: { communities: sorted.grounds.length, buildings: counted.length },
      },
    ]);
  }
  return succeed({
    grounds: sorted.grounds,
    issues: [
      ...communities.value.issues,
      ...buildings.value.issues,
      ...joined.value.issues,
      ...compounds.value.issues,
      ...barriers.value.issues,
      ...sorted.issues,
    ],
  });
}

/** `--households`: a register by building (and entrance) from a workbook or csv gives the buildings their counts. */
async function joinRegister(
  args: Arguments,
  choices: ReadingChoices,
  buildings: readonly Building[],
): Promise<
  Result<{ readonly buildings: readonly Building[]; readonly issues: readonly InputIssue[] }, readonly InputIssue[]>
> {
  const file = args.text('households');
  if (file === null) return succeed({ buildings, issues: [] });
  const opened = await readSheet(file, 'households', choices);
  if (!opened.ok) return opened;
  const { sheet, mapping } = opened.value;
  const rows = readHouseholdTable(sheet.rows, mapping, { file: sheet.file });
  const issues = [...opened.value.issues, ...rows.issues];
  const errors = issues.filter((issue) => issue.severity === 'error');
  if (errors.length > 0 && !choices.skipBad) return fail(errors);
  const joined = joinHouseholds(buildings, rows.values, { file: sheet.file });
  return succeed({ buildings: joined.buildings, issues: [...issues, ...joined.issues] });
}

/** `--existing` or `--grids`: grids as drawn, with the community each names, if any. */
export async function readDrawnGrids(
  args: Arguments,
  option: 'existing' | 'grids',
  choices: ReadingChoices,
): Promise<
  Result<
    { readonly drawn: readonly (DrawnGrid & { imported: ImportedGrid })[]; readonly issues: readonly InputIssue[] },
    readonly InputIssue[]
  >
> {
  const read = await readValues<ImportedGrid>(
    args,
    choices,
    'grids',
    (layer) => readGrids(layer.features, layer.mapping, layer),
    option,
  );
  if (!read.ok) return read;
  return succeed({
    issues: read.value.issues,
    drawn: read.value.values.map((imported) => ({
      imported,
      area: imported.area,
      grid: {
        id: `${imported.key}` as GridId,
        code: imported.code ?? imported.key,
        name: imported.name,
        kind: imported.kind === 'dedicated' ? 'dedicated' : 'general',
        locked: false,
        detachedReason: null,
        workerIds: [],
      },
    })),
  });
}

/** The drawn grids of one community: those that name it, and those that name none. */
export const gridsOfCommunity = <Drawn extends { readonly imported: ImportedGrid }>(
  drawn: readonly Drawn[],
  { code, name }: Community,
): Drawn[] =>
  drawn.filter(
    ({ imported: { communityLabel } }) => communityLabel === null || communityLabel === code || communityLabel === name,
  );

interface Values<Value> {
  readonly values: readonly Value[];
  readonly issues: readonly InputIssue[];
}

export async function readValues<Value>(
  args: Arguments,
  choices: ReadingChoices,
  target: 'communities' | 'buildings' | 'compounds' | 'barriers' | 'grids' | 'departmentGrids',
  read: (layer: ReadLayer) => Values<Value>,
  option: string = target,
  file: string | null = args.text(option),
): Promise<Result<Values<Value>, readonly InputIssue[]>> {
  if (file === null) return succeed({ values: [], issues: [] });
  const layers = await readLayers(file, target, choices);
  if (!layers.ok) return layers;
  const readings = layers.value.map((layer) => ({ layer, reading: read(layer) }));
  const issues = readings.flatMap(({ layer, reading }) => [...layer.issues, ...reading.issues]);
  const errors = issues.filter((issue) => issue.severity === 'error');
  if (errors.length > 0 && !choices.skipBad) return fail(errors);
  const values = readings.flatMap(({ reading }) => reading.values);
  if (values.length === 0 && errors.length > 0) return fail(errors);
  return succeed({ values, issues });
}

function emptiness(args: Arguments, communities: readonly Community[], buildings: readonly Building[]): InputIssue[] {
  const issue = (code: string, option: string, field?: string): InputIssue => ({
    code,
    severity: 'error',
    file: args.text(option) ?? '-',
    ...(field === undefined ? {} : { field }),
  });
  return [
    ...(communities.length === 0 ? [issue('noFeatures', 'communities')] : []),
    ...(buildings.length === 0 ? [issue('noFeatures', 'buildings')] : []),
    ...(buildings.length > 0 && buildings.every((building) => building.countSource === 'missing')
      ? [
          issue('columnMissing', 'buildings', 'households'),
          argumentIssue('householdsNeeded', '--column households=…, --households F or --estimate M2'),
        ]
      : []),
  ];
}
