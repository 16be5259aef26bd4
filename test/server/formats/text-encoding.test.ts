import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { encodeWithin, unencodable } from '../../../server/formats/encode-text.ts';
import { detectEncoding, encodingByName, weighDeclared } from '../../../server/formats/text-encoding.ts';

const values = (encoding: string, ...texts: string[]) => texts.map((text) => iconv.encode(text, encoding));

describe('names of encodings', () => {
  it.each([
    ['UTF-8', 'UTF-8'],
    ['utf8\r\n', 'UTF-8'],
    ['65001', 'UTF-8'],
    ['GBK', 'GBK'],
    ['936', 'GBK'],
    ['ANSI 936', 'GBK'],
    ['gb2312', 'GBK'],
    ['GB18030', 'GB18030'],
    ['Big-5', 'Big5'],
    ['1252', 'windows-1252'],
    ['ISO-8859-1', 'ISO-8859-1'],
    ['<!DOCTYPE html>', null],
    ['klingon', null],
    ['', null],
  ])('%j is %s', (label, name) => expect(encodingByName(label)).toBe(name));
});

describe('an encoding found from bytes', () => {
  it.each([
    ['GBK', ['阳光小区', '一号楼']],
    ['UTF-8', ['阳光小区', '一号楼']],
    ['GBK', ['联通']],
    ['UTF-8', ['Hněvošický háj']],
    ['UTF-8', ['résidence', 'élysée']],
  ])('is %s for %j', (encoding, texts) => {
    expect(detectEncoding(values(encoding, ...texts))).toEqual({ encoding, source: 'detected' });
  });

  it('is nobody’s finding for plain ASCII', () => {
    expect(detectEncoding(values('utf8', 'abc', ''))).toEqual({ encoding: 'UTF-8', source: null });
  });

  it('is UTF-8 even where a value was cut in the middle of a character', () => {
    expect(detectEncoding([iconv.encode('阳光小区', 'utf8').subarray(0, 10)]).encoding).toBe('UTF-8');
  });

  it('overrules a declaration the bytes contradict, and only then', () => {
    expect(weighDeclared('UTF-8', values('gbk', '阳光小区'))).toEqual({
      found: { encoding: 'GBK', source: 'detected' },
      wrong: true,
    });
    expect(weighDeclared('GBK', values('utf8', '阳光小区一期'))).toEqual({
      found: { encoding: 'UTF-8', source: 'detected' },
      wrong: true,
    });
    expect(weighDeclared('GBK', values('gbk', '阳光小区'))).toEqual({
      found: { encoding: 'GBK', source: 'declared' },
      wrong: false,
    });
    expect(weighDeclared('Big5', values('big5', '國語'))).toEqual({
      found: { encoding: 'Big5', source: 'declared' },
      wrong: false,
    });
  });
});

describe('text for an encoding', () => {
  it('is told of the first character it lacks', () => {
    expect(unencodable('阳光小区', 'GBK')).toBeNull();
    expect(unencodable('?', 'GBK')).toBeNull();
    expect(unencodable('𠮷野', 'GBK')).toBe('𠮷');
    expect(unencodable('한국', 'GBK')).toBe('한');
    expect(unencodable('𠮷野', 'GB18030')).toBeNull();
    expect(unencodable('😀', 'UTF-8')).toBeNull();
  });

  it('is cut between characters', () => {
    expect(encodeWithin('网格', 'UTF-8', 5)).toEqual({ bytes: iconv.encode('网', 'utf8'), cut: true });
    expect(encodeWithin('网格', 'GBK', 4).cut).toBe(false);
    expect(encodeWithin('a😀', 'UTF-8', 4).bytes).toEqual(Buffer.from('a'));
  });
});
