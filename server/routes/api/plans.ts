import { Type } from 'typebox';
import type { PlanId } from '../../../geodata/model/index.ts';
import type { Services } from '../../services/services.ts';
import type { CrosswalkRow, LineageRow, NewPlan, PlanDetail } from '../../wire.ts';
import { type App, scopeOfRequest } from '../route.ts';
import { IdSchema, refusals, wire } from '../schemas/common.ts';
import { CrosswalkRowSchema, LineageRowSchema, NewPlanSchema, PlanDetailSchema } from '../schemas/plan.ts';

const PlanParams = Type.Object({ id: IdSchema });

export function planRoutes(app: App, { plans }: Services): void {
  app.post(
    '/api/plans',
    {
      schema: {
        tags: ['plans'],
        summary: 'A new plan, empty or a branch of another one',
        body: wire<NewPlan>(NewPlanSchema),
        response: { 201: wire<PlanDetail>(PlanDetailSchema), ...refusals },
      },
    },
    async (request, reply) => reply.code(201).send(await plans.create(scopeOfRequest(request), request.body)),
  );
  app.get(
    '/api/plans/:id',
    {
      schema: {
        tags: ['plans'],
        summary: 'A plan with the fabric it stands on',
        params: PlanParams,
        response: { 200: wire<PlanDetail>(PlanDetailSchema), ...refusals },
      },
    },
    async (request, reply) => reply.send(await plans.read(scopeOfRequest(request), request.params.id as PlanId)),
  );
  app.get(
    '/api/plans/:id/crosswalk',
    {
      schema: {
        tags: ['plans'],
        summary: 'How each departmental grid passes into the general ones',
        params: PlanParams,
        response: { 200: wire<readonly CrosswalkRow[]>(Type.Array(CrosswalkRowSchema)), ...refusals },
      },
    },
    async (request, reply) => reply.send(await plans.crosswalk(scopeOfRequest(request), request.params.id as PlanId)),
  );
  app.get(
    '/api/plans/:id/lineage',
    {
      schema: {
        tags: ['plans'],
        summary: 'How grids passed into others where grids came, went or were renumbered',
        params: PlanParams,
        response: { 200: wire<readonly LineageRow[]>(Type.Array(LineageRowSchema)), ...refusals },
      },
    },
    async (request, reply) => reply.send(await plans.lineage(scopeOfRequest(request), request.params.id as PlanId)),
  );
}
