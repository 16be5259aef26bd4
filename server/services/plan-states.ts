import { applyChange } from '../../geodata/edit/apply-change.ts';
import { decodeFabric, encodeFabric } from '../../geodata/fabric/codec.ts';
import type { CellId, GridId, PlanId, PlanState } from '../../geodata/model/index.ts';
import { changesAfter, newestSnapshot, type Snapshot, type StoredPlan } from '../repositories/plans.ts';
import type { Connection, Scope } from '../repositories/scope.ts';
import type { Fabrics } from './fabrics.ts';
import { RecentlyUsed } from './recently-used.ts';

/** A plan as it stands at one version. */
export interface VersionedState {
  readonly version: number;
  readonly state: PlanState;
  /** Whether cuts have taken the plan's cells away from its community's fabric. */
  readonly cut: boolean;
}

/** Plans' states: the newest snapshot with the later changes on top, kept while they are being worked on. */
export class PlanStates {
  readonly #states = new RecentlyUsed<VersionedState>(150);
  readonly #fabrics: Fabrics;

  constructor(fabrics: Fabrics) {
    this.#fabrics = fabrics;
  }

  async read(connection: Connection, scope: Scope, plan: StoredPlan): Promise<VersionedState> {
    const { id, version } = plan.header;
    const known = this.#states.get(id);
    if (known?.version === version) return known;
    const start = known && known.version < version ? known : await this.#fromSnapshot(connection, scope, plan);
    const state =
      (await this.#advance(connection, id, start, version)) ??
      (await this.#advance(connection, id, await this.#fromSnapshot(connection, scope, plan), version));
    if (state === null) throw new Error(`plan ${id} has no way to version ${version}`);
    this.#states.set(id, state);
    return state;
  }

  /** After the transaction that stored it has been committed, and never before. */
  remember(plan: PlanId, state: VersionedState): void {
    const known = this.#states.get(plan);
    if (known === undefined || known.version < state.version) this.#states.set(plan, state);
  }

  async #fromSnapshot(connection: Connection, scope: Scope, plan: StoredPlan): Promise<VersionedState> {
    const snapshot = await newestSnapshot(connection, plan.header.id);
    const fabric =
      snapshot.fabric === null
        ? await this.#fabrics.read(connection, scope, plan.header.communityCode, plan.fabricVersion)
        : decodeFabric(snapshot.fabric);
    return { version: snapshot.version, cut: snapshot.fabric !== null, state: stateOf(snapshot, fabric) };
  }

  /** null when a version is missing in between: the plan was laid onto another fabric, and a later snapshot begins anew. */
  async #advance(
    connection: Connection,
    id: PlanId,
    start: VersionedState,
    version: number,
  ): Promise<VersionedState | null> {
    let { state, cut, version: reached } = start;
    if (reached === version) return start;
    for (const stored of await changesAfter(connection, id, start.version)) {
      if (stored.version > version) break;
      if (stored.version !== reached + 1) return null;
      const applied = applyChange(state, stored.change);
      if (!applied.ok)
        throw new Error(`change ${stored.change.id} of plan ${id} no longer fits: ${JSON.stringify(applied.failure)}`);
      state = applied.value;
      cut ||= stored.change.fabric !== null;
      reached = stored.version;
    }
    return reached === version ? { version, state, cut } : null;
  }
}

export function stateOf(snapshot: Pick<Snapshot, 'grids' | 'assignment'>, fabric: PlanState['fabric']): PlanState {
  return {
    fabric,
    grids: new Map(snapshot.grids.map((grid) => [grid.id, grid])),
    assignment: new Map(snapshot.assignment as readonly (readonly [CellId, GridId])[]),
  };
}

export function snapshotOf({ state, cut }: Pick<VersionedState, 'state' | 'cut'>): Omit<Snapshot, 'version'> {
  return {
    fabric: cut ? encodeFabric(state.fabric) : null,
    grids: [...state.grids.values()],
    assignment: [...state.assignment],
  };
}
