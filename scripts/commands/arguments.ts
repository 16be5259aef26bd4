import { parseArgs } from 'node:util';
import type { InputIssue, Result } from '../../geodata/model/index.ts';
import { fail, succeed } from '../../geodata/model/index.ts';

type Values = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

/** A command's options after parsing; the getters refuse with an issue instead of guessing. */
export interface Arguments {
  readonly help: boolean;
  text(name: string): string | null;
  list(name: string): readonly string[];
  flag(name: string): boolean;
}

const COMMON = {
  help: { type: 'boolean', short: 'h' },
  column: { type: 'string', multiple: true },
  crs: { type: 'string' },
  datum: { type: 'string' },
  encoding: { type: 'string' },
  'encoding-out': { type: 'string' },
  'to-crs': { type: 'string' },
  'skip-bad': { type: 'boolean' },
  rules: { type: 'string' },
  report: { type: 'string' },
  estimate: { type: 'string' },
} as const;

/** Options that take a text; those ending in * may be given several times. */
export function readArguments(
  args: readonly string[],
  own: readonly string[],
  required: readonly string[],
): Result<Arguments, readonly InputIssue[]> {
  let values: Values;
  try {
    values = parseArgs({
      args: [...args],
      options: {
        ...COMMON,
        ...Object.fromEntries(
          own.map((name) =>
            name.endsWith('*')
              ? [name.slice(0, -1), { type: 'string', multiple: true } as const]
              : [name, { type: 'string' } as const],
          ),
        ),
      },
    }).values as Values;
  } catch (error) {
    return fail([argumentIssue('argumentUnknown', String((error as Error).message).split('. ')[0]!)]);
  }
  const missing = values.help ? [] : required.filter((name) => values[name] === undefined);
  if (missing.length > 0) return fail(missing.map((name) => argumentIssue('argumentMissing', `--${name}`)));
  return succeed({
    help: values.help === true,
    text: (name) => (typeof values[name] === 'string' ? (values[name] as string) : null),
    list: (name) => (Array.isArray(values[name]) ? (values[name] as string[]) : []),
    flag: (name) => values[name] === true,
  });
}

export const argumentIssue = (code: string, argument: string): InputIssue => ({
  code,
  severity: 'error',
  field: argument,
});

/** A number option within bounds; `fallback` where it isn't given. */
export function numberOf(
  args: Arguments,
  name: string,
  fallback: number,
  least: number,
): Result<number, readonly InputIssue[]> {
  const text = args.text(name);
  if (text === null) return succeed(fallback);
  const value = Number(text);
  return Number.isFinite(value) && value >= least
    ? succeed(value)
    : fail([argumentIssue('argumentInvalid', `--${name}=${text}`)]);
}

/** An option that is one of a few words. */
export function choiceOf<Choice extends string>(
  args: Arguments,
  name: string,
  choices: readonly Choice[],
  fallback: Choice,
): Result<Choice, readonly InputIssue[]> {
  const text = args.text(name) ?? fallback;
  return (choices as readonly string[]).includes(text)
    ? succeed(text as Choice)
    : fail([argumentIssue('argumentInvalid', `--${name}=${text} (${choices.join('|')})`)]);
}

/** NAME=VALUE options (`--column`, `--department`) as pairs. */
export function pairsOf(
  args: Arguments,
  name: string,
): Result<readonly (readonly [string, string])[], readonly InputIssue[]> {
  const pairs: [string, string][] = [];
  const bad: InputIssue[] = [];
  for (const text of args.list(name)) {
    const at = text.indexOf('=');
    if (at < 1 || at === text.length - 1) bad.push(argumentIssue('argumentInvalid', `--${name} ${text}`));
    else pairs.push([text.slice(0, at).trim(), text.slice(at + 1).trim()]);
  }
  return bad.length > 0 ? fail(bad) : succeed(pairs);
}
