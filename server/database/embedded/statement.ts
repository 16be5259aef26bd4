import type { PGlite } from '@electric-sql/pglite';
import { type messages, protocol } from '@electric-sql/pglite';
import { SQLSTATE, type StatementFailure } from '../errors.ts';

/** What a statement gave, in the text form it has on the wire; the other side of the thread makes values of it. */
export interface StatementResult {
  /** The command tag: 'INSERT 0 3', 'SELECT 2', 'BEGIN'. */
  readonly tag: string;
  readonly fields: readonly { readonly name: string; readonly typeId: number }[];
  readonly rows: readonly (readonly (string | null)[])[];
}

const { serialize } = protocol;

/**
 * Runs one statement. An exception thrown by C++ inside the engine (GEOS, PROJ) unwinds it past PostgreSQL's error handling:
 * there is then no error message, but no proper command tag either, an 'emptyQuery' instead of a result, or complaints about
 * resources that were not given back. Each of these is a failure here; the caller must roll back.
 */
export async function runStatement(
  engine: PGlite,
  text: string,
  values: readonly (string | Uint8Array | null)[],
): Promise<{ ok: true; value: StatementResult } | { ok: false; failure: StatementFailure }> {
  const request = Buffer.concat([
    serialize.parse({ text }),
    serialize.bind({ values: values as (string | null)[] }),
    serialize.describe({ type: 'P' }),
    serialize.execute({}),
    serialize.sync(),
  ]);
  const { messages: replies } = await engine.execProtocol(request, { throwOnError: false });
  const result: { tag: string; fields: { name: string; typeId: number }[]; rows: (string | null)[][] } = {
    tag: '',
    fields: [],
    rows: [],
  };
  let trace: string | null = null;
  for (const reply of replies) {
    switch (reply.name) {
      case 'error':
        return { ok: false, failure: failureOf(reply as messages.DatabaseError) };
      case 'rowDescription':
        result.fields = (reply as messages.RowDescriptionMessage).fields.map((field) => ({
          name: field.name,
          typeId: field.dataTypeID,
        }));
        break;
      case 'dataRow':
        result.rows.push((reply as messages.DataRowMessage).fields);
        break;
      case 'commandComplete':
        result.tag = (reply as messages.CommandCompleteMessage).text;
        break;
      case 'emptyQuery':
        trace ??= 'no statement was run';
        break;
      case 'notice': {
        const notice = (reply as messages.NoticeMessage).message ?? '';
        if (/^resource was not closed|still active$/.test(notice)) trace ??= notice;
        break;
      }
    }
  }
  if (!/^[A-Z]+( [A-Z]+)*( \d+){0,2}$/.test(result.tag)) trace ??= `command tag '${result.tag}'`;
  if (trace !== null) {
    const message = `the engine lost an error in ${text.slice(0, 200)} (${trace}): most often a geometry that is not valid`;
    return { ok: false, failure: { message, code: SQLSTATE.lostError } };
  }
  return { ok: true, value: result };
}

function failureOf(error: messages.DatabaseError): StatementFailure {
  return {
    message: error.message,
    code: error.code ?? 'XX000',
    detail: error.detail,
    hint: error.hint,
    constraint: error.constraint,
    table: error.table,
    column: error.column,
    position: error.position,
  };
}
