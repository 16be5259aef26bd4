import { textOf } from './input.ts';

/** What a cell meant to be a whole number says. */
export type ParsedCount =
  | { readonly kind: 'count'; readonly count: number; readonly approximate: boolean }
  | { readonly kind: 'missing' }
  | { readonly kind: 'bad'; readonly reason: 'unreadable' | 'negative' | 'notWhole' };

const DIGITS: Readonly<Record<string, number>> = {
  零: 0,
  〇: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};

/** 一百二十 → 120; null when it isn't such a number. */
function chineseNumber(text: string): number | null {
  if (!/^[零〇一二两三四五六七八九十百千]+$/.test(text)) return null;
  let total = 0;
  let digit = 0;
  for (const character of text) {
    const scale = { 十: 10, 百: 100, 千: 1000 }[character];
    if (scale === undefined) digit = DIGITS[character]!;
    else {
      total += (digit || 1) * scale;
      digit = 0;
    }
  }
  return total + digit;
}

/**
 * A count as people type it: 12, "12户", "６", "1,200", "约120", "六层". Blank and its marks ("-", "无", "/") are missing, never zero.
 * `suffix` is what may follow the number. Nothing is rounded: 1.5 is bad.
 */
function parseCount(value: unknown, suffix: RegExp): ParsedCount {
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) return { kind: 'bad', reason: 'unreadable' };
    if (value < 0) return { kind: 'bad', reason: 'negative' };
    return Number.isInteger(value)
      ? { kind: 'count', count: value, approximate: false }
      : { kind: 'bad', reason: 'notWhole' };
  }
  const text = textOf(value);
  if (text === null) return { kind: 'missing' };
  let plain = text.normalize('NFKC').replaceAll(/[\s,，]/g, '');
  const approximate = /^(约|大约|近|~|≈)|(左右|余|多)/.test(plain);
  plain = plain
    .replace(/^(约|大约|近|~|≈|共|地上)/, '')
    .replace(/(左右|余|多)/, '')
    .replace(suffix, '');
  if (/^[-−－]\d+(\.\d+)?$/.test(plain)) return { kind: 'bad', reason: 'negative' };
  if (/^\+?\d+(\.0+)?$/.test(plain)) return { kind: 'count', count: Number(plain), approximate };
  if (/^\d*\.\d+$/.test(plain)) return { kind: 'bad', reason: 'notWhole' };
  const chinese = chineseNumber(plain);
  return chinese === null ? { kind: 'bad', reason: 'unreadable' } : { kind: 'count', count: chinese, approximate };
}

export const parseHouseholds = (value: unknown): ParsedCount => parseCount(value, /(户|家|戸|households?|hh)$/i);
export const parseResidents = (value: unknown): ParsedCount => parseCount(value, /(人|口|名|位)$/);

/** As above; "6+1" (a loft on top) is 7 floors. */
export function parseFloors(value: unknown): ParsedCount {
  const loft = /^\s*(\d{1,2})\s*\+\s*(\d)\s*(层|[fF])?\s*$/.exec(
    typeof value === 'string' ? value.normalize('NFKC') : '',
  );
  if (loft) return { kind: 'count', count: Number(loft[1]) + Number(loft[2]), approximate: false };
  return parseCount(value, /(层|楼|f|floors?|l)$/i);
}

/** "1单元:120;2单元：130" or "120、130" or "120/130": households by entrance; null when it isn't such a list. */
export function parseUnits(value: unknown): readonly { readonly name: string; readonly households: number }[] | null {
  const text = textOf(value);
  if (text === null) return null;
  const parts = text
    .normalize('NFKC')
    .split(/[;,、|/\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const units: { name: string; households: number }[] = [];
  for (const [i, part] of parts.entries()) {
    const named = /^(.+?)\s*[:=]\s*(\d+)\s*户?$/.exec(part) ?? /^(.*?单元)\s*(\d+)\s*户?$/.exec(part);
    const bare = /^(\d+)\s*户?$/.exec(part);
    if (named) units.push({ name: named[1]!.trim(), households: Number(named[2]) });
    // A lone number is the count of entrances, not a list of one.
    else if (bare && parts.length > 1) units.push({ name: `${i + 1}单元`, households: Number(bare[1]) });
    else return null;
  }
  return units.length === 0 || new Set(units.map(({ name }) => name)).size < units.length ? null : units;
}
