import type { Community, CommunityCode, InputIssue } from '../model/index.ts';
import { type Area, cleanFeatures } from './clean-features.ts';
import { type ColumnMapping, type InputFeature, type Reading, type ReadingSource, textOf } from './input.ts';
import { privacyIssues } from './privacy.ts';

/** FNV-1a, 32 bits: the same name gets the same stand-in code in every run and on every machine. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return value;
}

/** 999999 is no county of GB/T 2260, so a stand-in can't be taken for a real code. */
function standIn(seed: string, taken: ReadonlySet<string>): string {
  for (let n = hash(seed) % 1_000_000; ; n = (n + 1) % 1_000_000) {
    const code = `999999${String(n).padStart(6, '0')}`;
    if (!taken.has(code)) return code;
  }
}

const partsOf = (area: Area) => (area.type === 'Polygon' ? [area.coordinates] : area.coordinates);

/**
 * Communities from features in lon/lat. Features with the same code and name are one community in several parts (`partsJoined`); one without
 * a code gets a stand-in made from its name (`codeSynthetic`), stable from run to run; a code that isn't 12 digits is kept and said (`codeUnusual`).
 */
export function readCommunities(
  features: readonly InputFeature[],
  mapping: ColumnMapping,
  source: ReadingSource = {},
): Reading<Community> {
  const at = source.file === undefined ? {} : { file: source.file };
  const privacy = privacyIssues(
    features.map(({ properties }) => properties ?? {}),
    source.file,
  );
  if (privacy.length > 0) return { values: [], issues: privacy };
  const cleaned = cleanFeatures<Area>(features, ['area'], source);
  const issues: InputIssue[] = [...cleaned.issues];
  const field = (properties: Readonly<Record<string, unknown>>, name: string): string | null =>
    mapping[name] === undefined ? null : textOf(properties[mapping[name]]);
  const byCode = new Map<string, Community>();
  const said = new Set(
    cleaned.features.map(({ properties }) => field(properties, 'code')).filter((code) => code !== null),
  );
  for (const { number, shape, properties } of cleaned.features) {
    const given = field(properties, 'code');
    const name = field(properties, 'name');
    const place = { ...at, feature: number, ...(mapping.code ? { field: mapping.code } : {}) };
    let code = given;
    const other = given === null ? undefined : byCode.get(given);
    if (other !== undefined && name !== null && name !== other.name) {
      issues.push({
        code: 'duplicateCode',
        severity: 'warning',
        ...place,
        values: { code: given!, name, other: other.name },
      });
      code = null;
    }
    if (code === null) {
      code = standIn(name ?? `#${number}`, new Set([...said, ...byCode.keys()]));
      issues.push({ code: 'codeSynthetic', severity: 'notice', ...place, values: { code, name: name ?? '' } });
    } else if (!/^\d{12}$/.test(code)) {
      issues.push({ code: 'codeUnusual', severity: 'warning', ...place, values: { code } });
    }
    const known = byCode.get(code);
    if (known !== undefined) {
      const coordinates = [...partsOf(known.area), ...partsOf(shape)];
      byCode.set(code, { ...known, area: { type: 'MultiPolygon', coordinates } });
      issues.push({ code: 'partsJoined', severity: 'notice', ...place, values: { code, parts: coordinates.length } });
      continue;
    }
    byCode.set(code, {
      code: code as CommunityCode,
      name: name ?? code,
      streetName: field(properties, 'street'),
      area: shape,
    });
  }
  return { values: [...byCode.values()], issues };
}
