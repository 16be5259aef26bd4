import type { InputIssue } from '../../../geodata/model/index.ts';
import type { NamedBytes, VectorLayer } from '../layer.ts';

export async function openWithGdal(
  file: NamedBytes,
): Promise<{ layers: readonly VectorLayer[]; issues: readonly InputIssue[] }> {
  return { layers: [], issues: [{ code: 'formatUnknown', severity: 'error', file: file.name }] };
}
