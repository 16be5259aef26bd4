import { computed, ref, shallowRef } from 'vue';
import type { ImportCommitted, ImportPreview, ImportSession, JobState } from '../../../server/wire.ts';
import { commitImport, previewImport, uploadFiles } from '../../api/imports.ts';
import { followJob } from '../../api/jobs.ts';
import { choicesOf, type LayerChoice, missingOf, readingOf } from './reading.ts';

export type ImportStep = 'drop' | 'read' | 'preview' | 'done';

/** The import from dropped files to stored data. Nothing is stored before `commit`, and going back loses nothing chosen. */
export function useImport() {
  const step = shallowRef<ImportStep>('drop');
  const busy = shallowRef(false);
  const failure = shallowRef<unknown>(null);
  const session = shallowRef<ImportSession | null>(null);
  const choices = ref<LayerChoice[]>([]);
  const preview = shallowRef<ImportPreview | null>(null);
  const committed = shallowRef<ImportCommitted | null>(null);
  const job = shallowRef<JobState | null>(null);

  async function attempt(work: () => Promise<void>): Promise<void> {
    if (busy.value) return;
    busy.value = true;
    failure.value = null;
    try {
      await work();
    } catch (error) {
      failure.value = error;
    } finally {
      busy.value = false;
    }
  }

  const upload = (files: readonly File[]) =>
    attempt(async () => {
      session.value = await uploadFiles(files);
      choices.value = choicesOf(session.value);
      step.value = 'read';
    });

  const look = () =>
    attempt(async () => {
      preview.value = await previewImport(session.value!.id, readingOf(choices.value));
      step.value = 'preview';
    });

  const commit = () =>
    attempt(async () => {
      committed.value = await commitImport(session.value!.id, readingOf(choices.value));
      step.value = 'done';
      const { jobId } = committed.value;
      if (jobId !== null)
        void followJob(jobId, (state) => (job.value = state)).catch((error) => (failure.value = error));
    });

  function restart(): void {
    step.value = 'drop';
    session.value = preview.value = committed.value = job.value = failure.value = null;
    choices.value = [];
  }

  /** What is still to be said before the reading can be previewed. */
  const waitsFor = computed(() =>
    choices.value.every((choice) => choice.target === null)
      ? 'target'
      : (choices.value.map(missingOf).find((missing) => missing !== null) ?? null),
  );
  const canLook = computed(() => waitsFor.value === null);

  return {
    step,
    busy,
    failure,
    session,
    choices,
    preview,
    committed,
    job,
    upload,
    look,
    commit,
    restart,
    canLook,
    waitsFor,
  };
}
