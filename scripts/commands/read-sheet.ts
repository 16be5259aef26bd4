import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type ColumnMapping, type ImportTarget, suggestMapping } from '../../geodata/import/index.ts';
import type { InputIssue, Result } from '../../geodata/model/index.ts';
import { fail, succeed } from '../../geodata/model/index.ts';
import type { SheetTable } from '../../server/formats/spreadsheet.ts';
import type { ReadingChoices } from './read-layer.ts';

export interface ReadSheet {
  readonly sheet: SheetTable;
  readonly mapping: ColumnMapping;
  readonly issues: readonly InputIssue[];
}

/** The first sheet of a workbook or csv that has rows, with its columns found. Fails with `fileNotFound` or what made it unreadable. */
export async function readSheet(
  file: string,
  target: ImportTarget,
  choices: ReadingChoices,
): Promise<Result<ReadSheet, readonly InputIssue[]>> {
  const { openSpreadsheet } = await import('../../server/formats/spreadsheet.ts');
  const bytes = await readFile(file).catch(() => null);
  if (bytes === null) return fail([{ code: 'fileNotFound', severity: 'error', file }]);
  const { sheets, issues } = await openSpreadsheet(
    { name: path.basename(file), bytes },
    { encoding: choices.encoding },
  );
  const sheet = sheets.find(({ rows }) => rows.length > 0) ?? sheets[0];
  if (sheet === undefined) return fail(issues.length > 0 ? issues : [{ code: 'noLayer', severity: 'error', file }]);
  const known = new Set(sheet.fields.map(({ name }) => name));
  const given = choices.columns
    .map(
      ([field, column]) => [field.startsWith(`${target}.`) ? field.slice(target.length + 1) : field, column] as const,
    )
    .filter(([, column]) => known.has(column));
  return succeed({ sheet, issues, mapping: { ...suggestMapping(sheet.fields, target), ...Object.fromEntries(given) } });
}
