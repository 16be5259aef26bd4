import type { Community, InputIssue, StaffCategory, Worker, WorkerId } from '../model/index.ts';
import { type ColumnMapping, type InputRow, type Reading, type ReadingSource, textOf } from './input.ts';
import { privacyIssues } from './privacy.ts';

/** What the category column means; null when it is a word we don't know. */
export function staffCategoryOf(word: string): StaffCategory | null {
  const plain = word
    .normalize('NFKC')
    .replaceAll(/[\s"“”'‘’_-]/g, '')
    .toLowerCase();
  if (/公益/.test(plain) || plain === 'publicwelfare') return 'publicWelfare';
  if (/两委|委员|书记|主任|committee/.test(plain)) return 'committee';
  if (/社工|社区工作者|专职工作者|网格员|网格长|专职|communityworker/.test(plain)) return 'communityWorker';
  return /其他|志愿|兼职|other/.test(plain) ? 'other' : null;
}

/** 专职 unless the text says otherwise; an empty cell of a mapped column is a no. */
function isFullTime(word: string | null): boolean {
  if (word === null) return false;
  return /^(是|专职|全职|y|yes|true|1|t|√|fulltime|full-time)$/i.test(word.normalize('NFKC').trim());
}

const plain = (text: string): string => text.normalize('NFKC').replaceAll(/\s/g, '');

/**
 * A roster's people: name, category, whether full time, community and grid, nothing more. The community is found in `communities` by code or name (with or
 * without 社区); with a single community every row is of it. Rows whose community isn't known are rejected (`communityUnknown`).
 */
export function readRoster(
  rows: readonly InputRow[],
  mapping: ColumnMapping,
  source: ReadingSource & { readonly communities: readonly Pick<Community, 'code' | 'name'>[] },
): Reading<Worker> {
  const at = source.file === undefined ? {} : { file: source.file };
  const privacy = privacyIssues(
    rows.map(({ values }) => values),
    source.file,
  );
  if (privacy.length > 0) return { values: [], issues: privacy };
  if (mapping.name === undefined) {
    return { values: [], issues: [{ code: 'columnMissing', severity: 'error', ...at, field: 'name' }] };
  }
  const issues: InputIssue[] = [];
  if (mapping.category === undefined)
    issues.push({ code: 'columnMissing', severity: 'warning', ...at, field: 'category' });
  const byLabel = new Map(
    source.communities.flatMap((community) => [
      [plain(community.code), community] as const,
      [plain(community.name), community] as const,
      [plain(community.name).replace(/社区(居委会|居民委员会)?$/, ''), community] as const,
    ]),
  );
  const only = source.communities.length === 1 ? source.communities[0]! : null;
  const sequence = new Map<string, number>();
  const values: Worker[] = [];
  let communityAbove: string | null = null;
  for (const row of rows) {
    const text = (name: string): string | null =>
      mapping[name] === undefined ? null : textOf(row.values[mapping[name]]);
    const name = text('name');
    // Merged cells: the community is written once for all of its people.
    communityAbove = text('community') ?? communityAbove;
    if (name === null || /^(合计|总计|小计)/.test(name)) continue;
    const place = { ...at, feature: row.number };
    const label = communityAbove;
    const community =
      label === null
        ? only
        : (byLabel.get(plain(label)) ?? byLabel.get(plain(label).replace(/社区(居委会|居民委员会)?$/, '')) ?? null);
    if (community === null) {
      issues.push({
        code: 'communityUnknown',
        severity: 'error',
        ...place,
        field: mapping.community ?? 'community',
        values: { community: label ?? '' },
      });
      continue;
    }
    const word = text('category');
    const category = word === null ? null : staffCategoryOf(word);
    if (mapping.category !== undefined && category === null) {
      issues.push({
        code: 'categoryUnknown',
        severity: 'warning',
        ...place,
        field: mapping.category,
        values: { word: word ?? '' },
      });
    }
    const number = (sequence.get(community.code) ?? 0) + 1;
    sequence.set(community.code, number);
    values.push({
      id: `${community.code}R${String(number).padStart(2, '0')}` as WorkerId,
      name,
      category: category ?? 'other',
      fullTime:
        mapping.fullTime === undefined
          ? category !== 'other' && category !== null && !/兼/.test(word ?? '')
          : isFullTime(text('fullTime')),
      communityCode: community.code,
      gridLabel: text('grid'),
    });
  }
  return { values, issues };
}
