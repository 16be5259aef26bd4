import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { en } from '../../../client/locale/en.ts';
import { zhCN } from '../../../client/locale/zh-CN.ts';

const leaves = (words: object, path = ''): [string, string][] =>
  Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${path}${key}`, value] as [string, string]] : leaves(value, `${path}${key}.`),
  );
const placeholders = (sentence: string) => [...new Set(sentence.match(/\{\w+\}/g) ?? [])].sort();
const english = new Map(leaves(en));

/** Every `code: '…'` in the files of a folder of the core. */
function codesIn(folder: string): string[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.ts'));
  return files.flatMap((name) =>
    [...readFileSync(join(folder, name), 'utf8').matchAll(/code: (?:'(\w+)'|.*\? '(\w+)' : '(\w+)')/g)].flatMap(
      (match) => match.slice(1).filter((code) => code !== undefined),
    ),
  );
}

describe('the two languages', () => {
  test('have the same sentences', () => {
    expect([...english.keys()]).toEqual(leaves(zhCN).map(([key]) => key));
  });

  test('ask for the same values', () => {
    const differing = leaves(zhCN).filter(
      ([key, chinese]) => String(placeholders(english.get(key)!)) !== String(placeholders(chinese)),
    );
    expect(differing.map(([key]) => key)).toEqual([]);
  });

  test('leave no Chinese in the English, but for names of departments to be typed', () => {
    const chinese = [...english].filter(([, sentence]) => /[\u4e00-\u9fff]/.test(sentence)).map(([key]) => key);
    expect(chinese.filter((key) => key !== 'importing.departmentHint')).toEqual([]);
  });
});

describe('codes of the core', () => {
  test('every finding of the checks has words', () => {
    const codes = [...codesIn('geodata/check'), ...codesIn('geodata/staff')];
    expect(codes.length).toBeGreaterThan(10);
    expect(codes.filter((code) => !(code in zhCN.issues))).toEqual([]);
  });

  test('every reason why an edit is refused has words', () => {
    const source = readFileSync('geodata/edit/disabled.ts', 'utf8');
    const codes = [...source.matchAll(/\| '(\w+)'/g)].map((match) => match[1]!);
    expect(codes.length).toBeGreaterThan(10);
    expect(codes.filter((code) => !(code in zhCN.reasons))).toEqual([]);
  });
});
