import { joinHouseholds } from '../../../geodata/import/index.ts';
import type { Building, Community, Compound, GridId, InputIssue, Worker } from '../../../geodata/model/index.ts';
import type { ImportPreview, ImportReading } from '../../wire.ts';
import type { ImportBatch } from './batch.ts';
import { type InPieces, together } from './in-pieces.ts';
import { type FileOnDisk, readFiles } from './look-at-files.ts';
import { type OpenedImport, openFiles } from './open-files.ts';
import { placeAgain, type StoredBuilding } from './place-again.ts';
import { placeBatch } from './place-batch.ts';
import { type PlacedInPieces, placedInPieces } from './placed-in-pieces.ts';
import { type LayerPreview, readLayers } from './read-layers.ts';
import { withKnownIds } from './roster.ts';

/** What is stored already, as far as the files may refer to it. */
export interface StoredGround {
  readonly communities: InPieces<Community>;
  readonly buildings: InPieces<StoredBuilding>;
  readonly compounds: InPieces<Compound>;
  readonly workers: InPieces<Worker>;
}

export interface ReadTask {
  readonly files: readonly FileOnDisk[];
  readonly reading: ImportReading;
  readonly stored: StoredGround;
  /** Makes the ids of grids: `<prefix>-1` … */
  readonly idPrefix: string;
  /** Whether more than the preview is wanted. */
  readonly toStore: boolean;
}

export interface ReadFiles {
  readonly preview: ImportPreview;
  readonly placed: PlacedInPieces | null;
}

/** Which layer an issue of placing belongs to: that of the thing it names. */
const TARGET_OF_ISSUE: Readonly<Record<string, LayerPreview['target']>> = {
  buildingOutsideCommunities: 'buildings',
  buildingLeftBehind: 'communities',
  compoundOutsideCommunities: 'compounds',
  gridOutsideCommunities: 'grids',
  departmentGridOutsideCommunities: 'departmentGrids',
  barrierOutsideCommunities: 'barriers',
  workerOfUnknownCommunity: 'roster',
  buildingUnknown: 'households',
  buildingAmbiguous: 'households',
  duplicateRow: 'households',
  buildingsWithoutRow: 'households',
};

/** Nobody reads more, and the page would take long to show them; how many there were, the counts say. */
const MOST_ISSUES_A_LAYER = 5000;

/** From files to what would be stored, sorted by community, and what the user is shown of it. */
export async function readImportFiles(task: ReadTask): Promise<ReadFiles> {
  const { reading, idPrefix } = task;
  const files = await readFiles(task.files);
  const opened = new Map<string | null, OpenedImport>();
  for (const { encoding } of reading.layers)
    if (!opened.has(encoding)) opened.set(encoding, await openFiles(files, encoding));
  const layers = reading.layers.map((layer) => {
    const found = opened.get(layer.encoding)!.layers;
    const own = found.find((candidate) => candidate.file === layer.file && candidate.layer === layer.layer);
    return { reading: layer, opened: own ?? null };
  });
  const communities = together(task.stored.communities);
  const compounds = together(task.stored.compounds);
  const buildings = together(task.stored.buildings);
  let gridCount = 0;
  const read = readLayers(layers, { communities, compounds }, () => `${idPrefix}-${++gridCount}` as GridId);
  const counted = withCounts(
    read.batch,
    buildings.map(({ building }) => building),
  );
  const again = placeAgain(counted.batch, communities, buildings, compounds);
  const { batch } = again;
  const workers = withKnownIds(batch.workers, together(task.stored.workers));
  const placed = placeBatch({ ...batch, workers }, communities);
  const previews = withPlacing(read.previews, [...counted.issues, ...again.issues, ...placed.issues]);
  return {
    preview: {
      layers: previews.map((layer) => ({ ...layer, issues: layer.issues.slice(0, MOST_ISSUES_A_LAYER) })),
    },
    placed: task.toStore ? placedInPieces(placed) : null,
  };
}

/** Buildings of the batch, and those stored ones that a register counts anew. */
function withCounts(
  batch: ImportBatch,
  stored: readonly Building[],
): { readonly batch: ImportBatch; readonly issues: readonly InputIssue[] } {
  if (batch.counts.length === 0) return { batch, issues: [] };
  const brought = new Set(batch.buildings.map((building) => building.id));
  const all = [...batch.buildings, ...stored.filter((building) => !brought.has(building.id))];
  const joined = joinHouseholds(all, batch.counts);
  const buildings = joined.buildings.filter((building, index) => brought.has(building.id) || building !== all[index]);
  return { batch: { ...batch, buildings }, issues: joined.issues };
}

/** Issues of placing at the first layer they can come from; what was left out there was not accepted. */
function withPlacing(previews: readonly LayerPreview[], issues: readonly InputIssue[]): readonly LayerPreview[] {
  const extra = previews.map((): InputIssue[] => []);
  for (const issue of issues) {
    const index = previews.findIndex((preview) => preview.target === TARGET_OF_ISSUE[issue.code]);
    extra[Math.max(index, 0)]?.push(index < 0 ? issue : { ...issue, file: previews[index]!.file });
  }
  return previews.map((preview, index) => {
    const own = extra[index]!;
    const leftOut = own.filter(
      (issue) =>
        TARGET_OF_ISSUE[issue.code] === preview.target &&
        /Outside|UnknownCommunity|buildingUnknown|Ambiguous/.test(issue.code),
    ).length;
    return {
      ...preview,
      accepted: Math.max(0, preview.accepted - leftOut),
      rejected: preview.rejected + Math.min(leftOut, preview.accepted),
      issues: [...preview.issues, ...own],
    };
  });
}
