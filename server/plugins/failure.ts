import type { InputIssue } from '../../geodata/model/index.ts';
import type { ErrorBody } from '../wire.ts';

/** An expected refusal on its way to the client: a code with values, never a sentence and never a stack. */
export class Refusal extends Error {
  readonly status: number;
  readonly body: ErrorBody;

  constructor(status: number, code: string, values?: ErrorBody['values'], issues?: readonly InputIssue[]) {
    super(code);
    this.status = status;
    this.body = { code, ...(values ? { values } : {}), ...(issues ? { issues } : {}) };
  }
}

export const notFound = (what: string, id: string): Refusal => new Refusal(404, 'notFound', { what, id });
export const invalid = (code: string, values?: ErrorBody['values'], issues?: readonly InputIssue[]): Refusal =>
  new Refusal(422, code, values, issues);
export const conflict = (code: string, values?: ErrorBody['values']): Refusal => new Refusal(409, code, values);
