import type { Disabled } from '../../../geodata/edit/disabled.ts';
import type { Issue } from '../../../geodata/model/index.ts';
import { formatCount, type Say, type WordKey, wordsForCode } from '../../locale/index.ts';

/** Names of what issues point at by id. */
export interface NamesOfPlaces {
  readonly building: (id: string) => string;
  readonly compound: (id: string) => string;
}

/** An issue as a sentence: ids become names, barrier classes words, numbers grouped. */
export function issueSentence(issue: Issue, names: NamesOfPlaces, t: Say): string {
  const values = Object.fromEntries(
    Object.entries(issue.values ?? {}).map(([name, value]): [string, string] => {
      if (name === 'building') return [name, names.building(String(value))];
      if (name === 'compound') return [name, names.compound(String(value))];
      if (name === 'barrier') return [name, t(`terms.barrier.${value}` as WordKey)];
      if (typeof value === 'number') return [name, formatCount(value)];
      if (typeof value === 'string') return [name, value];
      return [name, value.map((one) => names.building(String(one))).join('、')];
    }),
  );
  return wordsForCode('issues', issue.code, values) ?? t('issues.unknown', { code: issue.code });
}

/** Why an edit can't be done, as a sentence. */
export function reasonSentence(reason: Pick<Disabled, 'code' | 'buildingIds'>, names: NamesOfPlaces, t: Say): string {
  const values = { buildings: (reason.buildingIds ?? []).map((id) => names.building(id)).join('、') };
  return wordsForCode('reasons', reason.code, values) ?? t('reasons.unknown', { code: reason.code });
}
