import { Atoms, MOST_ATOMS } from './atoms.ts';
import { Columns } from './columns.ts';
import { SetPartitioning } from './set-partitioning.ts';
import type { Workspace } from './workspace.ts';

const MOST_COLUMNS = 1500;
const MOST_COLUMNS_WITH_CLAIMS = 6000;

/** How hard one neighbourhood is worked on. */
export interface CoverLimits {
  readonly atoms: number;
  /** For a random cluster; 4.6 keeps the number of columns within the limits more often than not. */
  readonly atomsPerGrid: number;
  readonly steps: number;
  readonly nodes: number;
}

/**
 * Large neighbourhood search: a cluster of neighbouring grids is contracted to few atoms and divided anew in the best of
 * all ways, whatever the number of grids that takes. Never makes the plan worse.
 */
export class ExactCover {
  private readonly atoms: Atoms;
  private readonly columns: Columns;
  private readonly partitioning: SetPartitioning;
  private readonly labels: Int32Array;
  private readonly masks = new Int32Array(MOST_ATOMS);
  private readonly settled = new Set<string>();

  constructor(private readonly workspace: Workspace) {
    this.atoms = new Atoms(workspace.region);
    this.columns = new Columns(
      this.atoms,
      workspace.objective,
      workspace.objective.moved > 0 ? MOST_COLUMNS_WITH_CLAIMS : MOST_COLUMNS,
    );
    this.partitioning = new SetPartitioning(this.atoms, this.columns, workspace.objective.range);
    this.labels = new Int32Array(workspace.graph.count);
  }

  /** Forgets which clusters were solved to the end (prices or claims have changed). */
  forget(): void {
    this.settled.clear();
  }

  /** Improves the first `count` of `grids`. Returns false if the cluster was too rich to be enumerated. */
  improve(grids: number[], count: number, limits: CoverLimits): boolean {
    const { plan, region, objective, random, countFixed } = this.workspace;
    region.openGrids(plan, grids, count);
    const atomLimit = Math.min(limits.atoms, MOST_ATOMS);
    const key = region.count <= atomLimit ? this.keyOf(grids, count) : null;
    let enumerated = true;
    if ((key === null || !this.settled.has(key)) && this.atoms.build(atomLimit, objective, random)) {
      enumerated = this.columns.enumerate(limits.steps, countFixed ? count : 0, !this.allFit(grids, count));
      if (enumerated) this.choose(grids, count, limits.nodes, countFixed);
      if (enumerated && key !== null && this.partitioning.complete && this.partitioning.chosen.length === 0)
        this.settled.add(key);
    }
    region.close();
    return enumerated;
  }

  private allFit(grids: readonly number[], count: number): boolean {
    const { plan, objective } = this.workspace;
    for (let i = 0; i < count; i++) if (objective.violation(plan.households[grids[i]!]!) > 0) return false;
    return true;
  }

  private keyOf(grids: readonly number[], count: number): string {
    const versions: number[] = [];
    for (let i = 0; i < count; i++) versions.push(this.workspace.plan.version[grids[i]!]!);
    return versions.sort((a, b) => a - b).join();
  }

  private choose(grids: number[], count: number, nodes: number, countFixed: boolean): void {
    const { plan, region, objective } = this.workspace;
    const { atoms, columns, partitioning, masks } = this;
    masks.fill(0, 0, count);
    for (let a = 0; a < atoms.count; a++) masks[atoms.label[a]!] = masks[atoms.label[a]!]! | (1 << a);
    let current = 0;
    let allFit = true;
    for (let i = 0; i < count; i++) {
      const first = columns.count;
      columns.add(masks[i]!);
      const column = this.currentColumn(first, grids[i]!);
      current += columns.cost[column]! - (columns.claim[column]! < 0 ? 0 : atoms.rent[columns.claim[column]!]!);
      if (objective.violation(plan.households[grids[i]!]!) > 0) allFit = false;
      else columns.count = first;
    }
    partitioning.solve(current, countFixed ? count : 0, allFit, nodes);
    const { chosen } = partitioning;
    if (chosen.length === 0) return;
    for (let i = 0; i < region.count; i++) {
      const bit = 1 << atoms.atomOfNode(i);
      for (let part = 0; part < chosen.length; part++)
        if ((columns.mask[chosen[part]!]! & bit) !== 0) this.labels[i] = part;
    }
    plan.relabel(region.node, region.count, this.labels, grids, count, chosen.length, this.claimsOfChosen());
  }

  /** Of the columns just added for a grid, the one with the claim it has. */
  private currentColumn(first: number, grid: number): number {
    const { plan, region } = this.workspace;
    const origin = plan.claim[grid]!;
    const slot = origin < 0 ? -1 : region.origins.slotOfOrigin(origin);
    for (let c = first; c < this.columns.count; c++) if (this.columns.claim[c] === slot) return c;
    return first;
  }

  private claimsOfChosen(): Int32Array {
    const { origins } = this.workspace.region;
    return Int32Array.from(this.partitioning.chosen, (column) => {
      const slot = this.columns.claim[column]!;
      return slot < 0 ? -1 : origins.originOfSlot(slot);
    });
  }
}
