import type { GridKind, InputIssue } from '../model/index.ts';
import { type Area, cleanFeatures } from './clean-features.ts';
import { type ColumnMapping, type InputFeature, type Reading, type ReadingSource, textOf } from './input.ts';
import { parseHouseholds } from './parse-count.ts';
import { privacyIssues } from './privacy.ts';
import { uniqueIds } from './unique-ids.ts';

/** A grid as a file has it: an outline with labels. It becomes a Grid when cells are assigned to it. */
export interface ImportedGrid {
  /** Unique in its file: the code, or a stand-in (`g` and the feature's number). */
  readonly key: string;
  /** As written; null when the file has no code for it. */
  readonly code: string | null;
  readonly name: string;
  readonly kind: GridKind;
  /** Code or name of the community, as written. */
  readonly communityLabel: string | null;
  readonly householdCount: number | null;
  readonly workerCount: number | null;
  readonly area: Area;
  readonly number: number;
}

/** A departmental grid as the department handed it in. */
export interface ImportedDepartmentGrid extends ImportedGrid {
  /** The department's name, from its column or the option. */
  readonly department: string | null;
}

function kindOf(word: string | null): GridKind {
  if (word === null) return 'general';
  if (/专属|dedicated/i.test(word)) return 'dedicated';
  return /部门|department/i.test(word) ? 'department' : 'general';
}

/** Existing grids from areas in lon/lat. Their outlines may overlap or leave gaps: whoever assigns cells to them decides what that means. */
export function readGrids(
  features: readonly InputFeature[],
  mapping: ColumnMapping,
  source: ReadingSource = {},
): Reading<ImportedGrid> {
  const privacy = privacyIssues(
    features.map(({ properties }) => properties ?? {}),
    source.file,
  );
  if (privacy.length > 0) return { values: [], issues: privacy };
  const cleaned = cleanFeatures<Area>(features, ['area'], source);
  const identified = uniqueIds(cleaned.features, mapping.code, 'g', source.file);
  const issues: InputIssue[] = [...cleaned.issues, ...identified.issues];
  const values = cleaned.features.map(({ number, shape, properties }, i): ImportedGrid => {
    const text = (name: string): string | null =>
      mapping[name] === undefined ? null : textOf(properties[mapping[name]]);
    const count = (name: string): number | null => {
      if (mapping[name] === undefined) return null;
      const parsed = parseHouseholds(properties[mapping[name]]);
      if (parsed.kind === 'bad') {
        issues.push({
          code: 'countUnreadable',
          severity: 'warning',
          ...(source.file === undefined ? {} : { file: source.file }),
          feature: number,
          field: mapping[name],
          values: { text: String(properties[mapping[name]]), reason: parsed.reason },
        });
      }
      return parsed.kind === 'count' ? parsed.count : null;
    };
    const key = identified.ids[i]!;
    const code = text('code');
    return {
      key,
      code,
      name: text('name') ?? code ?? key,
      kind: kindOf(text('kind')),
      communityLabel: text('community'),
      householdCount: count('households'),
      workerCount: count('workers'),
      area: shape,
      number,
    };
  });
  return { values, issues };
}

/** Departmental grids; `departmentName` is the layer's department where no column says it. */
export function readDepartmentGrids(
  features: readonly InputFeature[],
  mapping: ColumnMapping,
  source: ReadingSource & { readonly departmentName?: string | null } = {},
): Reading<ImportedDepartmentGrid> {
  const read = readGrids(features, mapping, source);
  const byNumber = new Map(features.map((feature, index) => [feature.number ?? index + 1, feature.properties ?? {}]));
  const column = mapping.department;
  return {
    issues: read.issues,
    values: read.values.map((grid) => ({
      ...grid,
      kind: 'department',
      department:
        (column === undefined ? null : textOf(byNumber.get(grid.number)![column])) ?? source.departmentName ?? null,
    })),
  };
}
