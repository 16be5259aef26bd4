import { computed, reactive, ref, shallowRef } from 'vue';
import { possibleGridCounts } from '../../../geodata/check/index.ts';
import type { BarrierClass, Issue } from '../../../geodata/model/index.ts';
import { formatCount, useWords } from '../../locale/index.ts';
import { newId } from '../../stores/new-id.ts';
import { usePlanEditor } from '../../stores/plan-editor.ts';
import type { PartitionResult } from '../../workers/partition-plan.ts';
import { type PartitionRun, runPartition } from '../../workers/run-partition.ts';

/** Auto-partition of the open plan: choices, the run in its worker, the proposal on the map, and what becomes of it. */
export function usePartition(onPlanMade: (planId: string) => void) {
  const editor = usePlanEditor();
  const t = useWords();
  const choices = reactive({
    mode: 'fresh' as 'fresh' | 'adjust',
    prefer: 'balanced' as 'balanced' | 'fewest',
    seed: 1,
    forbiddenBarriers: [] as BarrierClass[],
  });
  const open = ref(false);
  const progress = ref<{ done: number; violation: number } | null>(null);
  const result = shallowRef<PartitionResult | null>(null);
  const failure = shallowRef<unknown>(null);
  let running: PartitionRun | null = null;

  const feasibility = computed((): { readonly words: string; readonly issue: Issue | null } => {
    const { state, ruleSet, compliance } = editor;
    if (!state || !ruleSet) return { words: '', issue: null };
    const total = state.fabric.cells.reduce((sum, cell) => sum + cell.householdCount, 0);
    const possible = possibleGridCounts(total, ruleSet);
    if (possible === null) {
      const impossible = ['communityBelowLeast', 'communityTotalInGap'];
      return { words: '', issue: compliance?.issues.find(({ code }) => impossible.includes(code)) ?? null };
    }
    const key = possible.fewest === possible.most ? 'possibleOne' : 'possible';
    return {
      words: t(`workbench.partition.${key}`, {
        households: formatCount(total),
        fewest: possible.fewest,
        most: possible.most,
      }),
      issue: null,
    };
  });

  async function run(): Promise<void> {
    const { state, detail, ruleSet } = editor;
    if (!state || !detail || !ruleSet) return;
    discard();
    failure.value = null;
    progress.value = { done: 0, violation: 0 };
    running = runPartition(
      {
        community: { code: detail.community.code, name: detail.community.name },
        before: state,
        ruleSet,
        choices: { ...choices, forbiddenBarriers: [...choices.forbiddenBarriers], effort: 1 },
        changeId: newId(),
        gridIdPrefix: newId(),
        gridName: t('workbench.gridName', { n: '{n}' }),
        retiredCodes: editor.retiredCodes,
      },
      (done, violation) => {
        if (progress.value) progress.value = { done, violation };
      },
    );
    try {
      const outcome = await running.result;
      if (outcome === 'cancelled') return;
      result.value = outcome;
      if (outcome.change) editor.tryOut({ ok: true, value: outcome.change }, new Set(), 'proposal');
    } catch (error) {
      failure.value = error;
    } finally {
      running = null;
      progress.value = null;
    }
  }

  function discard(): void {
    result.value = null;
    if (editor.preview?.kind === 'proposal') editor.preview = null;
  }

  function close(): void {
    running?.cancel();
    discard();
    open.value = false;
  }

  function again(): void {
    choices.seed = (choices.seed % 9999) + 1;
    void run();
  }

  async function applyAsPlan(): Promise<void> {
    const change = result.value?.change;
    if (!change) return;
    const number = editor.plans.filter(({ name }) => name.startsWith(t('workbench.autoPartition'))).length + 1;
    try {
      await editor.branch(t('workbench.autoPlanName', { n: number }), change);
      result.value = null;
      open.value = false;
      onPlanMade(editor.plan!.id);
    } catch (error) {
      failure.value = error;
    }
  }

  function applyHere(): void {
    const change = result.value?.change;
    if (change) editor.commit({ ok: true, value: change });
    result.value = null;
    open.value = false;
  }

  return {
    open,
    close,
    choices,
    progress,
    result,
    failure,
    feasibility,
    run,
    again,
    discard,
    applyAsPlan,
    applyHere,
    cancel: () => running?.cancel(),
  };
}
export type PartitionRunner = ReturnType<typeof usePartition>;
