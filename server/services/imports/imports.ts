import type { Readable } from 'node:stream';
import { joinHouseholds } from '../../../geodata/import/index.ts';
import type { Building, CommunityCode, GridId, InputIssue } from '../../../geodata/model/index.ts';
import { conflict, invalid } from '../../plugins/failure.ts';
import { readBuildings } from '../../repositories/buildings.ts';
import { readCommunities } from '../../repositories/communities.ts';
import { readCompounds } from '../../repositories/compounds.ts';
import { importIds, insertImport, isImported, readImports, type StoredImport } from '../../repositories/imports.ts';
import type { Connection, Scope } from '../../repositories/scope.ts';
import { readWorkers } from '../../repositories/workers.ts';
import type { ImportPreview, ImportReading, ImportSession } from '../../wire.ts';
import { type Context, inTransaction } from '../context.ts';
import type { Fabrics } from '../fabrics.ts';
import { RecentlyUsed } from '../recently-used.ts';
import type { ImportBatch, PlacedBatch } from './batch.ts';
import { ImportFiles } from './files.ts';
import { describeLayer, type OpenedImport, openFiles } from './open-files.ts';
import { placeBatch } from './place-batch.ts';
import { type Known, type LayerPreview, readLayers } from './read-layers.ts';
import { withKnownIds } from './roster.ts';
import { storeBatch } from './store-batch.ts';

export interface Committed {
  readonly preview: ImportPreview;
  /** Communities whose fabric is still to be cut. */
  readonly toCut: readonly CommunityCode[];
}

/** Which layer an issue of placing belongs to: that of the thing it names. */
const TARGET_OF_ISSUE: Readonly<Record<string, LayerPreview['target']>> = {
  buildingOutsideCommunities: 'buildings',
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

/** From files to the stored ground: look, preview as often as wanted, commit once. */
export class Imports {
  readonly #opened = new RecentlyUsed<OpenedImport>(3);
  readonly #context: Context;
  readonly #fabrics: Fabrics;
  readonly files: ImportFiles;

  constructor(context: Context, fabrics: Fabrics) {
    this.#context = context;
    this.#fabrics = fabrics;
    this.files = new ImportFiles(context.dataDir);
  }

  async upload(files: AsyncIterable<{ name: string; content: Readable }>): Promise<ImportSession> {
    const id = this.#context.newId();
    const kept = await this.files.keep(id, files);
    if (kept.length === 0) {
      await this.files.discard(id);
      throw invalid('noFiles');
    }
    return this.look(id);
  }

  async look(id: string): Promise<ImportSession> {
    const opened = await this.#open(id, null);
    const issues = [...opened.issues, ...opened.layers.flatMap((layer) => layer.issues)];
    return { id, layers: opened.layers.map(describeLayer), issues };
  }

  /** Removes files that were looked at and never stored. */
  async sweep(): Promise<void> {
    const stored = await inTransaction(this.#context, (connection) => importIds(connection));
    await this.files.sweep(new Set(stored), this.#context.now());
  }

  list(scope: Scope): Promise<readonly StoredImport[]> {
    return inTransaction(this.#context, (connection) => readImports(connection, scope));
  }

  async preview(scope: Scope, id: string, reading: ImportReading): Promise<ImportPreview> {
    return (await this.#read(scope, id, reading)).preview;
  }

  /** Stores all of it or nothing. @throws Refusal 422 when nothing at all could be read. */
  async commit(
    scope: Scope,
    id: string,
    reading: ImportReading,
    importedBy: string,
    planName: string,
    onProgress?: (done: number, total: number) => void,
  ): Promise<Committed> {
    const earlier = await inTransaction(this.#context, (connection) => isImported(connection, id));
    if (earlier) throw conflict('importedAlready', { importId: id });
    const { preview, placed } = await this.#read(scope, id, reading);
    const accepted = preview.layers.reduce((sum, layer) => sum + layer.accepted, 0);
    if (accepted === 0) {
      const reasons = preview.layers.flatMap((layer) => layer.issues).filter((issue) => issue.severity !== 'notice');
      throw invalid('nothingToImport', {}, reasons.slice(0, 200));
    }
    const files = await this.files.fingerprints(id);
    const codes = placed.changed.length > 0 ? placed.changed : placed.workers.map((worker) => worker.communityCode);
    const record = async (connection: Connection): Promise<void> =>
      insertImport(connection, {
        id,
        scopeCode: commonPrefix(codes),
        importedBy,
        importedAt: this.#context.now(),
        reading,
        outcome: preview.layers.map(({ features: _, issues: __, ...outcome }) => outcome),
        issues: preview.layers.flatMap((layer) => layer.issues).slice(0, 5000),
        files,
      });
    const toCut = await storeBatch(
      this.#context,
      this.#fabrics,
      scope,
      placed,
      { planName, ...(onProgress ? { onProgress } : {}) },
      record,
    );
    return { preview, toCut };
  }

  async #open(id: string, encoding: string | null): Promise<OpenedImport> {
    const key = `${id} ${encoding ?? ''}`;
    const known = this.#opened.get(key);
    if (known) return known;
    const opened = await openFiles(await this.files.read(id), encoding);
    this.#opened.set(key, opened);
    return opened;
  }

  async #read(
    scope: Scope,
    id: string,
    reading: ImportReading,
  ): Promise<{ preview: ImportPreview; placed: PlacedBatch }> {
    const layers = [];
    for (const layer of reading.layers) {
      const { layers: found } = await this.#open(id, layer.encoding);
      const opened = found.find((candidate) => candidate.file === layer.file && candidate.layer === layer.layer);
      layers.push({ reading: layer, opened: opened ?? null });
    }
    const stored = await inTransaction(this.#context, (connection) => this.#known(connection, scope, reading));
    const read = readLayers(layers, stored, () => this.#context.newId() as GridId);
    const { batch, issues } = withCounts(read.batch, stored.buildings);
    const placed = placeBatch({ ...batch, workers: withKnownIds(batch.workers, stored.workers) }, stored.communities);
    return { placed, preview: { layers: withPlacing(read.previews, [...issues, ...placed.issues]) } };
  }

  async #known(connection: Connection, scope: Scope, reading: ImportReading) {
    const communities = await readCommunities(connection, scope);
    const targets = new Set(reading.layers.map((layer) => layer.target));
    const buildings: Building[] = [];
    const compounds: Known['compounds'][number][] = [];
    for (const { code } of communities) {
      if (targets.has('households')) buildings.push(...(await readBuildings(connection, scope, code)));
      if (targets.has('buildings')) compounds.push(...(await readCompounds(connection, scope, code)));
    }
    const workers = targets.has('roster') ? await readWorkers(connection, scope) : [];
    return { communities, buildings, compounds, workers };
  }
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
    const leftOut = own.filter((issue) => /Outside|UnknownCommunity|buildingUnknown|Ambiguous/.test(issue.code)).length;
    return {
      ...preview,
      accepted: Math.max(0, preview.accepted - leftOut),
      rejected: preview.rejected + Math.min(leftOut, preview.accepted),
      issues: [...preview.issues, ...own],
    };
  });
}

function commonPrefix(codes: readonly string[]): string | null {
  let prefix = codes[0];
  if (prefix === undefined) return null;
  for (const code of codes) while (!code.startsWith(prefix)) prefix = prefix.slice(0, -1);
  return prefix;
}
