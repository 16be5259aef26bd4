/** What can be told of a failed statement, as plain data that passes between threads. */
export interface StatementFailure {
  readonly message: string;
  /** SQLSTATE. */
  readonly code: string;
  readonly detail?: string | undefined;
  readonly hint?: string | undefined;
  readonly constraint?: string | undefined;
  readonly table?: string | undefined;
  readonly column?: string | undefined;
  readonly position?: string | undefined;
}

/** An SQL error, with the members node-postgres gives it. */
export class StatementError extends Error {
  override readonly name = 'StatementError';
  readonly code: string;
  constructor(failure: StatementFailure) {
    super(failure.message);
    this.code = failure.code;
    Object.assign(this, { ...failure, message: failure.message });
  }
}

/** SQLSTATEs this code looks at or makes. */
export const SQLSTATE = {
  /** Ended by its time limit. */
  queryCanceled: '57014',
  /** The engine is gone. */
  adminShutdown: '57P01',
  failedTransaction: '25P02',
  uniqueViolation: '23505',
  foreignKeyViolation: '23503',
  /** Our own, in the class of internal errors: the embedded engine lost an error and only its traces are left. */
  lostError: 'XX900',
  /** Data corrupted. */
  dataCorrupted: 'XX001',
} as const;

export function failedTransaction(): StatementError {
  return new StatementError({
    message: 'current transaction is aborted, commands ignored until end of transaction block',
    code: SQLSTATE.failedTransaction,
  });
}
