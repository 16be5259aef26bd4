import { applyChange, sameGrid } from '../../geodata/edit/apply-change.ts';
import type { Change, PlanId, PlanState } from '../../geodata/model/index.ts';
import type { postChange } from '../api/plans.ts';

export type SaveState =
  | { readonly kind: 'saved' }
  | { readonly kind: 'saving'; readonly count: number }
  | { readonly kind: 'unsaved'; readonly count: number; readonly error: unknown };

/** Where changes wait while the server can't be reached; it must outlive a reload of the page. */
export interface PendingChanges {
  read(planId: PlanId): readonly Change[];
  write(planId: PlanId, changes: readonly Change[]): void;
}

export interface PlanSessionOptions {
  readonly planId: PlanId;
  readonly version: number;
  readonly state: PlanState;
  readonly pending: PendingChanges;
  readonly post: typeof postChange;
  /** Called after every step: the state to show and how far saving has come. */
  readonly onUpdate: (state: PlanState, save: SaveState) => void;
  /** Own changes that no longer fit after somebody else's, or that the server refused. */
  readonly onDropped: (changes: readonly Change[], why: 'conflict' | 'refused', error: unknown) => void;
  /** The plan was laid onto new ground: what is here can't be brought up to date and must be read again. */
  readonly onOutdated: () => void;
  /** Whether an error may pass by itself, so that the change is kept and sent again. */
  readonly isPassing: (error: unknown) => boolean;
  readonly retryAfterMs?: number;
}

/**
 * One plan being edited here while the server keeps the truth: what the server confirmed, and own changes on top of it that are still on
 * their way, sent one at a time in order. When others were faster their changes go under ours; ours that no longer fit are dropped and told.
 */
export class PlanSession {
  private confirmed: PlanState;
  private version: number;
  private shown: PlanState;
  private pending: Change[] = [];
  private sending = false;
  private error: unknown = null;
  /** Ends the wait before the next attempt. */
  private wake: (() => void) | null = null;
  private closed = false;

  constructor(private readonly options: PlanSessionOptions) {
    this.confirmed = options.state;
    this.version = options.version;
    this.shown = options.state;
  }

  /** Takes up changes that a former visit could not send, and starts. */
  start(): void {
    this.rebase(this.options.pending.read(this.options.planId));
    this.update();
    void this.flush();
  }

  get state(): PlanState {
    return this.shown;
  }

  get planVersion(): number {
    return this.version;
  }

  /** Applies a change here at once and sends it. False when it does not fit the state shown. */
  apply(change: Change): boolean {
    const next = applyChange(this.shown, change);
    if (!next.ok) return false;
    this.shown = next.value;
    this.pending.push(change);
    this.keep();
    this.update();
    void this.flush();
    return true;
  }

  /** Tries again at once, as when the network is back. */
  retryNow(): void {
    this.wake?.();
    void this.flush();
  }

  close(): void {
    this.closed = true;
    this.wake?.();
  }

  private async flush(): Promise<void> {
    if (this.sending) return;
    this.sending = true;
    try {
      while (this.pending.length > 0 && !this.closed) await this.sendFirst();
    } finally {
      this.sending = false;
    }
    if (!this.closed) this.update();
  }

  private async sendFirst(): Promise<void> {
    const change = this.pending[0]!;
    try {
      const answer = await this.options.post(this.options.planId, this.version, change);
      this.error = null;
      if (answer.state === 'accepted') {
        this.confirm(change);
        this.version = answer.version;
        this.pending.shift();
      } else if (!this.catchUp(answer.changes, answer.version)) return;
      this.keep();
      this.update();
    } catch (error) {
      if (this.options.isPassing(error)) {
        this.error = error;
        this.update();
        await new Promise<void>((resolve) => {
          this.wake = resolve;
          setTimeout(resolve, this.options.retryAfterMs ?? 3_000);
        });
        this.wake = null;
      } else {
        this.rebase(this.pending.slice(1));
        this.keep();
        this.options.onDropped([change], 'refused', error);
        this.update();
      }
    }
  }

  /** Takes up a change the server told of, somebody else's or our own coming back. */
  receive(version: number, change: Change): void {
    // While one of ours is on its way its answer, or the refusal with what came in between, brings us up to date.
    if (this.closed || this.pending.length > 0 || version <= this.version) return;
    if (this.catchUp([{ version, change }], version)) this.update();
  }

  /** Puts others' changes under ours. False when they don't lead from our version to `version`. */
  private catchUp(changes: readonly { readonly version: number; readonly change: Change }[], version: number): boolean {
    const leads = changes.every((between, i) => between.version === this.version + i + 1);
    if (!leads || changes.at(-1)?.version !== version) {
      this.close();
      this.options.onOutdated();
      return false;
    }
    const known = new Set(changes.map((between) => between.change.id));
    for (const between of changes) this.confirm(between.change);
    this.version = version;
    this.rebase(this.pending.filter((own) => !known.has(own.id)));
    return true;
  }

  private confirm(change: Change): void {
    const next = applyChange(this.confirmed, change);
    if (!next.ok)
      throw new Error(`change ${change.id} was accepted but does not fit: ${next.failure.code} ${next.failure.id}`);
    this.confirmed = next.value;
  }

  /** Puts own changes on top of what is confirmed; those that no longer fit are dropped. */
  private rebase(own: readonly Change[]): void {
    const kept: Change[] = [];
    const dropped: Change[] = [];
    this.shown = this.confirmed;
    for (const change of own) {
      const next = applyChange(this.shown, change);
      if (next.ok) {
        this.shown = next.value;
        kept.push(change);
      } else if (!isAlreadyDone(this.shown, change)) dropped.push(change);
    }
    this.pending = kept;
    if (dropped.length > 0) {
      this.keep();
      this.options.onDropped(dropped, 'conflict', null);
    }
  }

  private keep(): void {
    this.options.pending.write(this.options.planId, this.pending);
  }

  private update(): void {
    const count = this.pending.length;
    const save: SaveState =
      count === 0
        ? { kind: 'saved' }
        : this.error === null
          ? { kind: 'saving', count }
          : { kind: 'unsaved', count, error: this.error };
    this.options.onUpdate(this.shown, save);
  }
}

/** Whether everything a change wants is so: it was accepted in a former visit whose answer got lost. */
function isAlreadyDone(state: PlanState, change: Change): boolean {
  return (
    change.cells.every(({ id, after }) => (state.assignment.get(id) ?? null) === after) &&
    change.grids.every(({ id, after }) => sameGrid(state.grids.get(id) ?? null, after)) &&
    (change.fabric === null ||
      change.fabric.added.cells.every(({ id }) => state.fabric.cells.some((cell) => cell.id === id)))
  );
}
