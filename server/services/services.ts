import { Changes } from './changes.ts';
import { Communities } from './communities.ts';
import type { Context } from './context.ts';
import { type BuildFabric, Fabrics } from './fabrics.ts';
import { PlanStates } from './plan-states.ts';
import { Plans } from './plans.ts';

export interface Services {
  readonly communities: Communities;
  readonly fabrics: Fabrics;
  readonly plans: Plans;
  readonly changes: Changes;
}

export function makeServices(context: Context, build: BuildFabric): Services {
  const fabrics = new Fabrics(context, build);
  const states = new PlanStates(fabrics);
  return {
    fabrics,
    communities: new Communities(context, states),
    plans: new Plans(context, fabrics, states),
    changes: new Changes(context, states),
  };
}
