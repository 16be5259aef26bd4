import type { CommunityCode, Fabric, Issue } from '../model/index.ts';
import type { PartitionOutcome } from '../partition/options.ts';

/**
 * The solver's proofs as issues, with the cells and buildings they name. Code is the certificate's; `planNotFound` (error) stands for
 * "neither a plan nor a proof".
 */
export function certificateIssues(outcome: PartitionOutcome, fabric: Fabric, communityCode: CommunityCode): Issue[] {
  if (outcome.status === 'notFound') {
    const { householdsOver, householdsUnder } = outcome.score;
    return [{ code: 'planNotFound', severity: 'error', communityCode, values: { householdsOver, householdsUnder } }];
  }
  return outcome.reasons.map((reason): Issue => {
    const cells = reason.cells.map((index) => fabric.cells[index]!);
    return {
      code: reason.code,
      severity: 'error',
      communityCode,
      cellIds: cells.map((cell) => cell.id),
      buildingIds: [...new Set(cells.flatMap((cell) => cell.buildings.map(({ buildingId }) => buildingId)))],
      values: { ...reason.values, labels: reason.labels },
    };
  });
}
