import type { Log } from '../../server/database/database.ts';

export interface CollectedLog extends Log {
  readonly lines: readonly {
    readonly level: 'info' | 'warn' | 'error';
    readonly values: object;
    readonly message: string;
  }[];
}

/** A log that keeps its lines for the test to look at. */
export function collectedLog(): CollectedLog {
  const lines: { level: 'info' | 'warn' | 'error'; values: object; message: string }[] = [];
  const write = (level: 'info' | 'warn' | 'error') => (values: object, message: string) => {
    lines.push({ level, values, message });
  };
  return { lines, info: write('info'), warn: write('warn'), error: write('error') };
}
