import type { Grid, Issue, RuleSet, Worker, WorkerId } from '../model/index.ts';
import { holdsPost } from './holds-post.ts';

/**
 * R3 (二·六): every grid has a full-time worker who holds a community-worker post, and a person covers at most so many grids.
 * Issues: `gridWithoutWorker` (error), `publicWelfareAsGridWorker`, `partTimeGridWorker`, `workerOnSeveralGrids`,
 * `gridWorkerUnknown` (named by the plan but not in the roster).
 */
export function checkGridWorkers(
  grids: Iterable<Grid>,
  workers: readonly Worker[],
  ruleSet: RuleSet,
): readonly Issue[] {
  const known = new Map(workers.map((worker) => [worker.id, worker]));
  const gridsOf = new Map<WorkerId, Grid[]>();
  const issues: Issue[] = [];
  for (const grid of grids) {
    let entitled = 0;
    for (const workerId of grid.workerIds) {
      gridsOf.set(workerId, [...(gridsOf.get(workerId) ?? []), grid]);
      const worker = known.get(workerId);
      if (worker !== undefined && holdsPost(worker, ruleSet)) entitled += 1;
      else issues.push(notEntitled(grid, workerId, worker));
    }
    if (entitled < ruleSet.gridWorkers.perGrid) {
      issues.push({
        code: 'gridWithoutWorker',
        severity: 'error',
        gridIds: [grid.id],
        values: {
          grid: grid.name,
          workers: entitled,
          needed: ruleSet.gridWorkers.perGrid,
          clause: ruleSet.gridWorkers.clause,
        },
      });
    }
  }
  for (const [workerId, covered] of gridsOf) {
    if (covered.length <= ruleSet.gridWorkers.gridsPerWorker) continue;
    issues.push({
      code: 'workerOnSeveralGrids',
      severity: 'warning',
      workerIds: [workerId],
      gridIds: covered.map((grid) => grid.id),
      values: { worker: known.get(workerId)?.name ?? workerId, grids: covered.length },
    });
  }
  return issues;
}

function notEntitled(grid: Grid, workerId: WorkerId, worker: Worker | undefined): Issue {
  const code =
    worker === undefined
      ? 'gridWorkerUnknown'
      : worker.category === 'publicWelfare'
        ? 'publicWelfareAsGridWorker'
        : worker.fullTime
          ? 'gridWorkerWithoutPost'
          : 'partTimeGridWorker';
  return {
    code,
    severity: 'warning',
    gridIds: [grid.id],
    workerIds: [workerId],
    values: { grid: grid.name, worker: worker?.name ?? workerId },
  };
}
