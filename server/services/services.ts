import { carryOver } from './carry-over.ts';
import { Changes } from './changes.ts';
import { Communities } from './communities.ts';
import type { Context } from './context.ts';
import { Exports } from './exports.ts';
import { Fabrics } from './fabrics.ts';
import { GridOutlines } from './grid-outlines.ts';
import { Imports } from './imports/imports.ts';
import { Jobs } from './jobs.ts';
import { PlanMaking } from './plan-making.ts';
import { PlanStates } from './plan-states.ts';
import { Plans } from './plans.ts';
import type { Work } from './work.ts';

/** Everything the routes call, made once. */
export interface Services {
  readonly communities: Communities;
  readonly fabrics: Fabrics;
  readonly plans: Plans;
  readonly changes: Changes;
  readonly outlines: GridOutlines;
  readonly exports: Exports;
  readonly imports: Imports;
  readonly jobs: Jobs;
}

export function makeServices(context: Context, work: Work): Services {
  const fabrics = new Fabrics(context, work);
  const states = new PlanStates(fabrics);
  fabrics.afterCut = (connection, code, version) => carryOver(context, fabrics, states, connection, code, version);
  const communities = new Communities(context, states);
  const outlines = new GridOutlines(context, states);
  return {
    fabrics,
    communities,
    outlines,
    plans: new Plans(context, fabrics, states),
    changes: new Changes(context, states, outlines),
    exports: new Exports(context, communities, states, outlines),
    imports: new Imports(context, fabrics, work),
    jobs: new Jobs(context, fabrics, new PlanMaking(context, fabrics, states, work)),
  };
}
