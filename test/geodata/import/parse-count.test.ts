import { describe, expect, it } from 'vitest';
import { parseFloors, parseHouseholds, parseUnits } from '../../../geodata/import/parse-count.ts';

const count = (count: number, approximate = false) => ({ kind: 'count', count, approximate });

describe('household counts as people type them', () => {
  it.each([
    [12, count(12)],
    ['12', count(12)],
    ['12户', count(12)],
    [' １２ 户 ', count(12)],
    ['６', count(6)],
    ['1,200', count(1200)],
    ['12.0', count(12)],
    ['约120户', count(120, true)],
    ['120左右', count(120, true)],
    ['一百二十', count(120)],
    ['十二户', count(12)],
    [0, count(0)],
  ])('%j is a count', (value, expected) => expect(parseHouseholds(value)).toEqual(expected));

  it.each([null, undefined, '', '  ', '-', '—', '/', '无', 'NULL', '　'])('%j is missing, never zero', (value) =>
    expect(parseHouseholds(value)).toEqual({ kind: 'missing' }),
  );

  it.each([
    [-3, 'negative'],
    ['-3', 'negative'],
    [1.5, 'notWhole'],
    ['1.5户', 'notWhole'],
    ['很多', 'unreadable'],
    ['12-15', 'unreadable'],
    [Number.NaN, 'unreadable'],
  ])('%j is bad: %s', (value, reason) => expect(parseHouseholds(value)).toEqual({ kind: 'bad', reason }));
});

describe('floors', () => {
  it.each([
    ['6层', 6],
    ['28F', 28],
    ['6+1', 7],
    ['地上18层', 18],
    [7, 7],
  ])('%j', (value, floors) => expect(parseFloors(value)).toEqual(count(floors)));
});

describe('households by entrance', () => {
  it.each([
    [
      '1单元:120;2单元:130',
      [
        ['1单元', 120],
        ['2单元', 130],
      ],
    ],
    [
      '1单元：12户；2单元：14户',
      [
        ['1单元', 12],
        ['2单元', 14],
      ],
    ],
    [
      '甲单元 24户、乙单元 20户',
      [
        ['甲单元', 24],
        ['乙单元', 20],
      ],
    ],
    [
      '120/130',
      [
        ['1单元', 120],
        ['2单元', 130],
      ],
    ],
  ])('%j', (text, units) => {
    expect(parseUnits(text)?.map(({ name, households }) => [name, households])).toEqual(units);
  });

  it.each(['3', '3单元楼', '1单元:?;2单元:4', '1单元:2;1单元:3', '', null])('%j is no such list', (text) =>
    expect(parseUnits(text)).toBeNull(),
  );
});
