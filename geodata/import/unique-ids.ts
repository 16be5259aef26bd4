import type { InputIssue } from '../model/index.ts';
import { textOf } from './input.ts';

interface Numbered {
  readonly number: number;
  readonly properties: Readonly<Record<string, unknown>>;
}

/**
 * One id for each feature, unique among them. Taken from `column`; a value that comes again gets a suffix and an issue
 * (`duplicateId`); a column most of whose values repeat or lack is no id at all and is left aside (`idsNotUnique`), as when there is none:
 * then ids are `prefix` and the feature's number.
 */
export function uniqueIds(
  features: readonly Numbered[],
  column: string | undefined,
  prefix: string,
  file: string | undefined,
): { readonly ids: readonly string[]; readonly issues: readonly InputIssue[] } {
  const at = file === undefined ? {} : { file };
  const numbered = () => features.map(({ number }) => `${prefix}${number}`);
  if (column === undefined) return { ids: numbered(), issues: [] };
  const texts = features.map(({ properties }) => textOf(properties[column]));
  const distinct = new Set(texts.filter((text) => text !== null)).size;
  if (features.length > 1 && distinct * 2 < features.length) {
    return {
      ids: numbered(),
      issues: [
        {
          code: 'idsNotUnique',
          severity: 'warning',
          ...at,
          field: column,
          values: { distinct, count: features.length },
        },
      ],
    };
  }
  const issues: InputIssue[] = [];
  const taken = new Set<string>();
  const ids = features.map(({ number }, i) => {
    const text = texts[i];
    const wanted = text ?? `${prefix}${number}`;
    let id = wanted;
    for (let n = 2; taken.has(id); n++) id = `${wanted}~${n}`;
    taken.add(id);
    if (text === null)
      issues.push({ code: 'idMissing', severity: 'notice', ...at, feature: number, field: column, values: { id } });
    else if (id !== wanted) {
      issues.push({
        code: 'duplicateId',
        severity: 'warning',
        ...at,
        feature: number,
        field: column,
        values: { id: wanted, renamed: id },
      });
    }
    return id;
  });
  return { ids, issues };
}
