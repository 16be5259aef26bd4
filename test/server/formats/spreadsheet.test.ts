import { utils, write } from '@e965/xlsx';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import type { ExportTable } from '../../../geodata/export/table.ts';
import { openSpreadsheet, writeWorkbook } from '../../../server/formats/spreadsheet.ts';

const merge = (s: [number, number], e: [number, number]) => ({ s: { r: s[0], c: s[1] }, e: { r: e[0], c: e[1] } });

/** A register as a street office keeps it: a title over everything, headings in two rows, merged. */
function register(bookType: 'xlsx' | 'biff8'): Uint8Array {
  const sheet = utils.aoa_to_sheet([
    ['华阳社区楼栋户数登记表'],
    ['填报单位：南岭街道', null, null, null, null],
    ['序号', '楼栋编号', '单元', '户数', null],
    [null, null, null, '户籍', '常住'],
    [1, '0101', '1单元', 24, '20户'],
    [2, null, '2单元', 24, 22],
    [null, null, null, null, null],
    ['合计', null, null, 48, 42],
  ]);
  sheet['!merges'] = [
    merge([0, 0], [0, 4]),
    merge([2, 0], [3, 0]),
    merge([2, 1], [3, 1]),
    merge([2, 2], [3, 2]),
    merge([2, 3], [2, 4]),
    merge([4, 1], [5, 1]),
  ];
  const book = utils.book_new();
  utils.book_append_sheet(book, sheet, '户数');
  return new Uint8Array(write(book, { type: 'buffer', bookType }));
}

describe('a register', () => {
  it.each([
    ['a.xlsx', 'xlsx'],
    ['a.xls', 'biff8'],
    ['really-xlsx.xls', 'xlsx'],
  ] as const)('%s: its header is found below the title, over two rows', async (name, bookType) => {
    const { sheets, issues } = await openSpreadsheet({ name, bytes: register(bookType) });
    expect(issues).toEqual([]);
    expect(sheets).toHaveLength(1);
    const [sheet] = sheets;
    expect(sheet!.headerRow).toBe(4);
    expect(sheet!.fields.map((field) => field.name)).toEqual(['序号', '楼栋编号', '单元', '户籍户数', '常住户数']);
    expect(sheet!.rows.map(({ number, values }) => [number, values.楼栋编号, values.单元, values.户籍户数])).toEqual([
      [5, '0101', '1单元', 24],
      [6, null, '2单元', 24],
      [8, null, null, 48],
    ]);
  });

  it.each([
    [
      'UTF-8 with a byte order mark',
      iconv.encode('\uFEFF楼栋编号,户数\r\n"0101",24\r\n"甲,乙","1""2"\r\n', 'utf8'),
      'UTF-8',
    ],
    ['GBK', iconv.encode('楼栋编号,户数\n0101,24\n"甲,乙","1""2"\n', 'gbk'), 'GBK'],
    ['UTF-16', iconv.encode('\uFEFF楼栋编号\t户数\n0101\t24\n甲,乙\t"1""2"', 'utf-16le'), 'utf-16le'],
  ])('as CSV in %s keeps its leading zeros', async (_, bytes, encoding) => {
    const { sheets } = await openSpreadsheet({ name: 'a.csv', bytes });
    expect(sheets[0]).toMatchObject({ encoding, fields: [{ name: '楼栋编号' }, { name: '户数' }] });
    expect(sheets[0]!.rows.map(({ values }) => Object.values(values))).toEqual([
      ['0101', '24'],
      ['甲,乙', '1"2'],
    ]);
  });

  it.each([
    ['a.xlsx', 'junk', 'workbookUnreadable'],
    ['a.xlsx', 'PK\u0003\u0004junk', 'zipUnreadable'],
    ['a.csv', '', 'headerMissing'],
    ['a.pdf', 'x', 'formatUnknown'],
  ])('%s of %j is refused as %s', async (name, text, code) => {
    expect((await openSpreadsheet({ name, bytes: Buffer.from(text) })).issues).toMatchObject([{ code, file: name }]);
  });
});

describe('a workbook written', () => {
  const table: ExportTable = {
    sheet: '表',
    title: '某县表',
    columns: [
      { heading: ['社区编码'], width: 8 },
      { heading: ['户数', '户籍'], width: 5 },
      { heading: ['户数', '常住'], width: 5 },
    ],
    rows: [['220103001001', 12, null]],
    totals: ['合计', 12, 0],
    notes: ['注。'],
  };

  it('is read again, headings, merges and all', async () => {
    const { sheets } = await openSpreadsheet({ name: 't.xlsx', bytes: await writeWorkbook([table]) });
    expect(sheets[0]!.layer).toBe('表');
    expect(sheets[0]!.fields.map((field) => field.name)).toEqual(['社区编码', '户籍户数', '常住户数']);
    expect(sheets[0]!.rows[0]!.values).toEqual({ 社区编码: '220103001001', 户籍户数: 12, 常住户数: null });
  });

  it('is a file another program opens, with its merges', async () => {
    const { read } = await import('@e965/xlsx');
    const book = read(await writeWorkbook([table]), { type: 'array' });
    const sheet = book.Sheets.表!;
    expect(sheet.A1!.v).toBe('某县表');
    expect(sheet['!merges']).toHaveLength(4);
    expect(sheet.B4!.v).toBe(12);
    expect(sheet.A4!.t).toBe('s');
  });
});
