import type { Building, BuildingUnit, BuildingUnitId, InputIssue } from '../model/index.ts';
import { type ColumnMapping, type InputRow, type Reading, type ReadingSource, textOf } from './input.ts';
import { parseHouseholds, parseResidents } from './parse-count.ts';
import { privacyIssues } from './privacy.ts';

/** One row of a household register that is kept by building, or by building and entrance. Counts only. */
export interface HouseholdRow {
  readonly number: number;
  readonly buildingLabel: string;
  readonly compoundLabel: string | null;
  readonly unitName: string | null;
  readonly householdCount: number;
  readonly residentCount: number | null;
}

/** A register's rows: total rows are passed over, unreadable counts are issues with their row and column. */
export function readHouseholdTable(
  rows: readonly InputRow[],
  mapping: ColumnMapping,
  source: ReadingSource = {},
): Reading<HouseholdRow> {
  const at = source.file === undefined ? {} : { file: source.file };
  const privacy = privacyIssues(
    rows.map(({ values }) => values),
    source.file,
  );
  if (privacy.length > 0) return { values: [], issues: privacy };
  const { households } = mapping;
  const labelColumn = mapping.buildingId ?? mapping.buildingName;
  if (households === undefined || labelColumn === undefined) {
    const field = households === undefined ? 'households' : 'buildingId';
    return { values: [], issues: [{ code: 'columnMissing', severity: 'error', ...at, field }] };
  }
  const issues: InputIssue[] = [];
  const values: HouseholdRow[] = [];
  const text = (row: InputRow, name: string): string | null =>
    mapping[name] === undefined ? null : textOf(row.values[mapping[name]]);
  // A merged cell gives its value to its first row only; the rows below belong to the same building.
  let above: string | null = null;
  for (const row of rows) {
    const place = { ...at, feature: row.number };
    const own = textOf(row.values[labelColumn]) ?? text(row, 'buildingName');
    if (own !== null && /^(合计|总计|小计|共计|total)/i.test(own)) continue;
    const unitName = text(row, 'unit');
    const buildingLabel: string | null = own ?? (unitName === null ? null : above);
    if (Object.values(row.values).every((value) => textOf(value) === null)) continue;
    if (buildingLabel === null) {
      issues.push({ code: 'idMissing', severity: 'warning', ...place, field: labelColumn });
      continue;
    }
    above = buildingLabel;
    const parsed = parseHouseholds(row.values[households]);
    if (parsed.kind !== 'count') {
      issues.push({
        code: parsed.kind === 'bad' ? 'countUnreadable' : 'countMissing',
        severity: 'warning',
        ...place,
        field: households,
        values: {
          text: String(row.values[households] ?? ''),
          reason: parsed.kind === 'bad' ? parsed.reason : 'missing',
        },
      });
      continue;
    }
    const residents = mapping.residents === undefined ? null : parseResidents(row.values[mapping.residents]);
    values.push({
      number: row.number,
      buildingLabel,
      compoundLabel: text(row, 'compound'),
      unitName,
      householdCount: parsed.count,
      residentCount: residents?.kind === 'count' ? residents.count : null,
    });
  }
  return { values, issues };
}

const plainLabel = (text: string): string => text.normalize('NFKC').replaceAll(/\s/g, '').toLowerCase();

/**
 * Buildings with the register's counts: joined by id, else by name (with the compound's name where the register has it). Rows of one building with
 * different entrances become its units; several rows without are an issue (`duplicateRow`, the first counts). Rows without a building are
 * `buildingUnknown`, each; buildings without a row are counted (`buildingsWithoutRow`) and keep what they had.
 */
export function joinHouseholds(
  buildings: readonly Building[],
  rows: readonly HouseholdRow[],
  source: ReadingSource = {},
): { readonly buildings: readonly Building[]; readonly issues: readonly InputIssue[] } {
  const at = source.file === undefined ? {} : { file: source.file };
  const issues: InputIssue[] = [];
  const byId = new Map(buildings.map((building, i) => [plainLabel(building.id), i]));
  const byName = new Map<string, number | null>();
  const remember = (key: string, i: number) => byName.set(key, byName.has(key) ? null : i);
  buildings.forEach(({ name, compoundId }, i) => {
    if (name === null) return;
    remember(plainLabel(name), i);
    if (compoundId !== null) remember(`${plainLabel(compoundId)}|${plainLabel(name)}`, i);
  });
  const rowsOf = new Map<number, HouseholdRow[]>();
  for (const row of rows) {
    const label = plainLabel(row.buildingLabel);
    const inCompound = row.compoundLabel === null ? undefined : byName.get(`${plainLabel(row.compoundLabel)}|${label}`);
    const found = byId.get(label) ?? inCompound ?? byName.get(label);
    if (found === undefined || found === null) {
      const code = found === null ? 'buildingAmbiguous' : 'buildingUnknown';
      issues.push({ code, severity: 'warning', ...at, feature: row.number, values: { building: row.buildingLabel } });
    } else rowsOf.set(found, [...(rowsOf.get(found) ?? []), row]);
  }
  const joined = buildings.map((building, i): Building => {
    const found = rowsOf.get(i);
    if (found === undefined) return building;
    const named = found.filter(({ unitName }) => unitName !== null);
    const whole = found.filter(({ unitName }) => unitName === null);
    for (const extra of named.length > 0 ? whole : whole.slice(1)) {
      issues.push({
        code: 'duplicateRow',
        severity: 'warning',
        ...at,
        feature: extra.number,
        buildingIds: [building.id],
      });
    }
    const byUnit = new Map<string, BuildingUnit>();
    for (const row of named) {
      const known = byUnit.get(row.unitName!);
      if (known !== undefined) {
        issues.push({
          code: 'duplicateRow',
          severity: 'warning',
          ...at,
          feature: row.number,
          buildingIds: [building.id],
        });
        continue;
      }
      const id = `${building.id}/${row.unitName}` as BuildingUnitId;
      byUnit.set(row.unitName!, { id, name: row.unitName!, householdCount: row.householdCount });
    }
    const units = [...byUnit.values()];
    const counted =
      units.length > 0 ? units.reduce((sum, unit) => sum + unit.householdCount, 0) : whole[0]!.householdCount;
    const residents = (units.length > 0 ? named : whole.slice(0, 1)).map(({ residentCount }) => residentCount);
    return {
      ...building,
      householdCount: counted,
      countSource: 'counted',
      units,
      residentCount: residents.includes(null)
        ? building.residentCount
        : residents.reduce((sum: number, n) => sum + n!, 0),
    };
  });
  const without = buildings.length - rowsOf.size;
  if (without > 0) {
    issues.push({
      code: 'buildingsWithoutRow',
      severity: 'notice',
      ...at,
      values: { count: without, of: buildings.length },
    });
  }
  return { buildings: joined, issues };
}
