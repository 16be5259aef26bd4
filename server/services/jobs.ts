import type { CommunityCode, Issue } from '../../geodata/model/index.ts';
import { notFound } from '../plugins/failure.ts';
import { readCommunities } from '../repositories/communities.ts';
import { failUnfinishedJobs, findJob, insertJob, updateJob } from '../repositories/jobs.ts';
import { EVERYWHERE, type Scope } from '../repositories/scope.ts';
import type { JobRequest, JobResult, JobState } from '../wire.ts';
import { Channel } from './channel.ts';
import { type Context, inTransaction } from './context.ts';
import type { Fabrics } from './fabrics.ts';
import type { PlanMaking } from './plan-making.ts';

/** How one community of a job is done. */
type Step = (code: CommunityCode, signal: AbortSignal) => Promise<Omit<JobResult, 'communityCode' | 'ms'>>;

interface Running {
  state: JobState;
  readonly controller: AbortController;
  readonly finished: Promise<void>;
}

/** As many communities at once as there are threads to work on them. */
const COMMUNITIES_AT_ONCE = 2;

/** Long work by communities: each result is a new plan, stored as it comes; what is stored stays when the rest is cancelled. */
export class Jobs {
  readonly progress = new Channel<JobState>();
  readonly #running = new Map<string, Running>();
  readonly #context: Context;
  readonly #fabrics: Fabrics;
  readonly #making: PlanMaking;

  constructor(context: Context, fabrics: Fabrics, making: PlanMaking) {
    this.#context = context;
    this.#fabrics = fabrics;
    this.#making = making;
  }

  /** What an earlier process left unfinished is said to have failed. */
  async recover(): Promise<void> {
    const count = await inTransaction(this.#context, (connection) =>
      failUnfinishedJobs(connection, this.#context.now()),
    );
    if (count > 0) this.#context.log.warn({ count }, 'jobs of an earlier process were left unfinished');
  }

  async start(scope: Scope, request: JobRequest): Promise<JobState> {
    const known = await inTransaction(this.#context, (connection) => readCommunities(connection, scope));
    const codes =
      request.communities === 'all' ? known.map(({ code }) => code) : [...new Set(request.communities)].sort();
    for (const code of codes)
      if (!known.some((community) => community.code === code)) throw notFound('community', code);
    const step: Step =
      request.kind === 'partition'
        ? (code, signal) => this.#making.partition(scope, code, request, signal)
        : (code, signal) => this.#making.merge(scope, code, request, signal);
    return this.#begin(request.kind, request, codes, step);
  }

  /** Cuts communities whose ground an import has changed, so that nobody waits for it when they open one. */
  async startCutting(codes: readonly CommunityCode[]): Promise<JobState> {
    return this.#begin('cut', { kind: 'cut', communities: codes }, codes, async (code) => {
      await this.#fabrics.current(EVERYWHERE, code);
      return { planId: null, feasible: true, issues: [] };
    });
  }

  async read(id: string): Promise<JobState> {
    const running = this.#running.get(id);
    if (running) return running.state;
    const stored = await inTransaction(this.#context, (connection) => findJob(connection, id));
    if (stored === null) throw notFound('job', id);
    return stored;
  }

  /** Cancelling what is over already is no error: the answer says how it ended. */
  async cancel(id: string): Promise<JobState> {
    const running = this.#running.get(id);
    if (running) {
      running.controller.abort();
      await running.finished;
    }
    return this.read(id);
  }

  /** Cancels everything and waits for it: the server stops. */
  async close(): Promise<void> {
    const all = [...this.#running.values()];
    for (const { controller } of all) controller.abort();
    await Promise.all(all.map(({ finished }) => finished));
  }

  async #begin(kind: string, request: unknown, codes: readonly CommunityCode[], step: Step): Promise<JobState> {
    const id = this.#context.newId();
    const state: JobState = { id, kind, state: 'running', done: 0, total: codes.length, results: [] };
    await inTransaction(this.#context, (connection) => insertJob(connection, state, request, this.#context.now()));
    const controller = new AbortController();
    const finished = Promise.resolve().then(() => this.#run(id, codes, step, controller.signal));
    this.#running.set(id, { state, controller, finished });
    return state;
  }

  async #run(id: string, codes: readonly CommunityCode[], step: Step, signal: AbortSignal): Promise<void> {
    const waiting = [...codes];
    const next = async (): Promise<void> => {
      for (let code = waiting.shift(); code !== undefined && !signal.aborted; code = waiting.shift()) {
        const result = await this.#result(code, step, signal);
        if (result === null) return;
        const { state } = this.#running.get(id)!;
        this.#tell(id, { ...state, done: state.done + 1, results: [...state.results, result] });
      }
    };
    await Promise.all(Array.from({ length: COMMUNITIES_AT_ONCE }, next));
    const { state } = this.#running.get(id)!;
    const failed = state.total > 0 && state.results.length > 0 && state.results.every(isFault);
    const end: JobState = { ...state, state: signal.aborted ? 'cancelled' : failed ? 'failed' : 'done' };
    try {
      await inTransaction(this.#context, (connection) => updateJob(connection, end, this.#context.now()));
    } catch (error) {
      this.#context.log.error({ err: error, job: id }, 'the end of a job could not be stored');
    }
    this.#tell(id, end);
    this.#running.delete(id);
  }

  async #result(code: CommunityCode, step: Step, signal: AbortSignal): Promise<JobResult | null> {
    const started = performance.now();
    const ms = () => Math.round(performance.now() - started);
    try {
      return { communityCode: code, ...(await step(code, signal)), ms: ms() };
    } catch (error) {
      if (signal.aborted) return null;
      this.#context.log.error({ err: error, communityCode: code }, 'a community of a job failed');
      const issue: Issue = { code: FAULT, severity: 'error', communityCode: code };
      return { communityCode: code, planId: null, feasible: false, issues: [issue], ms: ms() };
    }
  }

  #tell(id: string, state: JobState): void {
    const running = this.#running.get(id);
    if (running) running.state = state;
    this.progress.tell(id, state);
  }
}

const FAULT = 'internalFault';
const isFault = ({ issues }: JobResult): boolean => issues.some((issue) => issue.code === FAULT);
export const isOver = ({ state }: JobState): boolean => state !== 'waiting' && state !== 'running';
