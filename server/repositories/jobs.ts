import type { JobResult, JobState } from '../wire.ts';
import type { Connection } from './scope.ts';

/** Jobs belong to who asked for them; what they make is scoped by the communities named in the request. */
export async function insertJob(connection: Connection, job: JobState, request: unknown, at: Date): Promise<void> {
  await connection
    .insertInto('job')
    .values({
      id: job.id,
      kind: job.kind,
      state: job.state,
      request: JSON.stringify(request),
      done: job.done,
      total: job.total,
      results: JSON.stringify(job.results),
      created_at: at,
      updated_at: at,
    })
    .execute();
}

export async function updateJob(connection: Connection, job: JobState, at: Date): Promise<void> {
  await connection
    .updateTable('job')
    .set({
      state: job.state,
      done: job.done,
      total: job.total,
      results: JSON.stringify(job.results),
      updated_at: at,
    })
    .where('id', '=', job.id)
    .execute();
}

export async function findJob(connection: Connection, id: string): Promise<JobState | null> {
  const row = await connection
    .selectFrom('job')
    .where('id', '=', id)
    .select(['id', 'kind', 'state', 'done', 'total', 'results'])
    .executeTakeFirst();
  return row ? { ...row, results: row.results as readonly JobResult[] } : null;
}

/** What was running when the server stopped runs no more. @returns how many there were. */
export async function failUnfinishedJobs(connection: Connection, at: Date): Promise<number> {
  const result = await connection
    .updateTable('job')
    .set({ state: 'failed', updated_at: at })
    .where('state', 'in', ['waiting', 'running'])
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}
