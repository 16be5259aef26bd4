import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { zhCN } from '../../../client/locale/zh-CN.ts';

const sourcesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(path.join(folder, name), 'utf8'));

describe('every code of an input issue', () => {
  const codes = new Set(
    [...sourcesIn('geodata/import'), ...sourcesIn('server/formats')].flatMap((source) =>
      [...source.matchAll(/(?:code: |note\(|refuse\(|nothing\()'(\w+)'/g)].map(([, code]) => code!),
    ),
  );

  it('has words on the import page', () => {
    expect(codes.size).toBeGreaterThan(60);
    expect([...codes].filter((code) => !(code in zhCN.issues))).toEqual([]);
  });
});
