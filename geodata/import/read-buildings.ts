import type { Point } from 'geojson';
import type {
  Building,
  BuildingId,
  BuildingUnit,
  BuildingUnitId,
  CompoundId,
  CountSource,
  InputIssue,
} from '../model/index.ts';
import { type Area, cleanFeatures } from './clean-features.ts';
import { type ColumnMapping, type InputFeature, type Reading, type ReadingSource, textOf } from './input.ts';
import { type ParsedCount, parseFloors, parseHouseholds, parseResidents, parseUnits } from './parse-count.ts';
import { privacyIssues } from './privacy.ts';
import { uniqueIds } from './unique-ids.ts';

/** Beyond these a number is a slip of the keyboard, not a building. */
const MOST_HOUSEHOLDS = 3000;
const MOST_FLOORS = 130;

/**
 * Buildings from features in lon/lat. `compoundId` is the text of the compound column (`linkCompounds` replaces it by a compound's id);
 * which community a building stands in is found later from where it is. A count that can't be read is missing, with an issue that quotes it.
 */
export function readBuildings(
  features: readonly InputFeature[],
  mapping: ColumnMapping,
  source: ReadingSource = {},
): Reading<Building> {
  const at = source.file === undefined ? {} : { file: source.file };
  const privacy = privacyIssues(
    features.map(({ properties }) => properties ?? {}),
    source.file,
  );
  if (privacy.length > 0) return { values: [], issues: privacy };
  const cleaned = cleanFeatures<Area | Point>(features, ['area', 'point'], source);
  const identified = uniqueIds(cleaned.features, mapping.id, 'b', source.file);
  const issues: InputIssue[] = [...cleaned.issues, ...identified.issues];
  if (mapping.households === undefined && mapping.units === undefined && features.length > 0) {
    issues.push({ code: 'columnMissing', severity: 'warning', ...at, field: 'households' });
  }
  let missing = 0;
  const values = cleaned.features.map(({ number, shape, properties }, i): Building => {
    const id = identified.ids[i] as BuildingId;
    const text = (name: string): string | null =>
      mapping[name] === undefined ? null : textOf(properties[mapping[name]]);
    const note = (code: string, name: string, severity: InputIssue['severity'], values: InputIssue['values']) =>
      issues.push({
        code,
        severity,
        ...at,
        feature: number,
        field: mapping[name] ?? name,
        buildingIds: [id],
        ...(values ? { values } : {}),
      });
    const count = (name: string, parse: (value: unknown) => ParsedCount, most: number): number | null => {
      if (mapping[name] === undefined) return null;
      const parsed = parse(properties[mapping[name]]);
      if (parsed.kind === 'missing') return null;
      if (parsed.kind === 'bad') {
        note('countUnreadable', name, 'warning', { text: String(properties[mapping[name]]), reason: parsed.reason });
        return null;
      }
      if (parsed.count > most) {
        note('countImplausible', name, 'warning', { count: parsed.count, most });
        return name === 'floors' ? null : parsed.count;
      }
      if (parsed.approximate) approximate.add(name);
      return parsed.count;
    };
    const approximate = new Set<string>();
    const said = count('households', parseHouseholds, MOST_HOUSEHOLDS);
    let units: readonly BuildingUnit[] = [];
    const unitText = text('units');
    const parsedUnits = parseUnits(unitText);
    if (parsedUnits !== null) {
      units = parsedUnits.map((unit) => ({
        id: `${id}/${unit.name}` as BuildingUnitId,
        name: unit.name,
        householdCount: unit.households,
      }));
    } else if (unitText !== null && /[:;；：,，、|]/.test(unitText)) {
      note('unitsUnreadable', 'units', 'warning', { text: unitText });
    }
    const unitSum = units.reduce((sum, unit) => sum + unit.householdCount, 0);
    if (units.length > 0 && said !== null && said !== unitSum) {
      note('unitsDontAddUp', 'units', 'warning', { households: said, sum: unitSum });
      units = [];
    }
    const householdCount = said ?? (units.length > 0 ? unitSum : null);
    if (householdCount === null) missing++;
    const countSource: CountSource =
      householdCount === null ? 'missing' : approximate.has('households') ? 'estimated' : 'counted';
    return {
      id,
      name: text('name'),
      compoundId: text('compound') as CompoundId | null,
      footprint: shape,
      householdCount: householdCount ?? 0,
      countSource,
      residentCount: count('residents', parseResidents, MOST_HOUSEHOLDS * 10),
      floorCount: count('floors', parseFloors, MOST_FLOORS),
      units,
    };
  });
  if (missing > 0) {
    issues.push({
      code: 'householdsMissing',
      severity: 'notice',
      ...at,
      values: { count: missing, of: values.length },
    });
  }
  return { values, issues };
}
