import type { InputIssue } from '../model/index.ts';
import { plainName } from './aliases.ts';

const NAMES =
  /身份证|证件号|公民身份|居民身份|idcard|idcardno|identitycard|^sfz|手机|电话|联系方式|mobile|phone|^tel$|telephone/i;

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** GB 11643: 17 digits with a birth date in them, and a check character. */
function isIdCard(text: string): boolean {
  if (!/^\d{6}(18|19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}[\dXx]$/.test(text)) return false;
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(text[i]), 0);
  return '10X98765432'[sum % 11] === text[17]!.toUpperCase();
}

const isMobile = (text: string): boolean => /^(\+?86)?1[3-9]\d{9}$/.test(text);

/** Codes of one place share their first digits as telephone numbers never do. */
const shareBeginning = (texts: readonly string[]): boolean =>
  texts.length > 1 && texts.every((text) => text.slice(0, 8) === texts[0]!.slice(0, 8));

/**
 * Columns that hold ID-card or telephone numbers, by name (if anything is in them) or by what most of their values look like.
 * Each is an error that refuses the whole file: this product keeps counts of households, nothing about the people in them.
 */
export function privacyIssues(rows: readonly Readonly<Record<string, unknown>>[], file?: string): InputIssue[] {
  const byColumn = new Map<string, string[]>();
  for (const row of rows) {
    for (const [name, value] of Object.entries(row)) {
      if (value === null || value === undefined || typeof value === 'object' || typeof value === 'boolean') continue;
      const text = String(value).replaceAll(/[\s-]/g, '');
      if (text === '') continue;
      const values = byColumn.get(name);
      if (values === undefined) byColumn.set(name, [text]);
      else values.push(text);
    }
  }
  const issues: InputIssue[] = [];
  for (const [name, values] of byColumn) {
    const cards = values.filter(isIdCard).length;
    const mobiles = values.filter(isMobile);
    const kind =
      cards * 2 >= values.length
        ? 'idCard'
        : mobiles.length * 2 >= values.length && !shareBeginning(mobiles)
          ? 'telephone'
          : NAMES.test(plainName(name)) && values.some((value) => /\d{5}/.test(value))
            ? 'name'
            : null;
    if (kind !== null) {
      issues.push({
        code: 'privacyColumn',
        severity: 'error',
        ...(file === undefined ? {} : { file }),
        field: name,
        values: { kind },
      });
    }
  }
  return issues;
}
