import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { CommunityCode } from '../../../geodata/model/index.ts';
import { conflict, invalid } from '../../plugins/failure.ts';
import { readBuildings } from '../../repositories/buildings.ts';
import { middleOfCommunities, readCommunities } from '../../repositories/communities.ts';
import { readCompounds } from '../../repositories/compounds.ts';
import { importIds, insertImport, isImported, readImports, type StoredImport } from '../../repositories/imports.ts';
import type { Connection, Scope } from '../../repositories/scope.ts';
import { readWorkers } from '../../repositories/workers.ts';
import type { ImportPreview, ImportReading, ImportSession } from '../../wire.ts';
import { type Context, inTransaction } from '../context.ts';
import type { Fabrics } from '../fabrics.ts';
import type { Work } from '../work.ts';
import { ImportFiles, type KeptFile } from './files.ts';
import { inPiecesByTurns } from './in-pieces.ts';
import type { FileOnDisk } from './look-at-files.ts';
import type { StoredBuilding } from './place-again.ts';
import { placedTogether } from './placed-in-pieces.ts';
import type { ReadFiles, StoredGround } from './read-files.ts';
import { storeBatch } from './store-batch.ts';

export interface Committed {
  readonly preview: ImportPreview;
  /** Communities whose fabric is still to be cut. */
  readonly toCut: readonly CommunityCode[];
}

/** From files to the stored ground: look, preview as often as wanted, commit once. */
export class Imports {
  readonly #context: Context;
  readonly #fabrics: Fabrics;
  readonly #work: Work;
  readonly files: ImportFiles;

  constructor(context: Context, fabrics: Fabrics, work: Work) {
    this.#context = context;
    this.#fabrics = fabrics;
    this.#work = work;
    this.files = new ImportFiles(context.dataDir);
  }

  /**
   * Takes files in and looks at them. One with a column of ID-card or telephone numbers is removed at once and named in the issues.
   * @throws Refusal 422 when there are no files, or none that may be kept.
   */
  async upload(scope: Scope, files: AsyncIterable<{ name: string; content: Readable }>): Promise<ImportSession> {
    const id = this.#context.newId();
    const received = await this.files.receive(id, files);
    try {
      if (received.length === 0) throw invalid('noFiles');
      const looked = await this.#look(scope, received);
      const kept = received.filter(({ name }) => !looked.refused.includes(name));
      if (looked.refused.length > 0 && looked.layers.length === 0)
        throw invalid('nothingToImport', {}, looked.issues.slice(0, 200));
      await this.files.keep(id, kept);
      return { id, layers: looked.layers, issues: looked.issues };
    } catch (error) {
      await this.files.discard(id);
      throw error;
    }
  }

  /** What is in the files that were taken in earlier. @throws Refusal 404 when they are not there. */
  async look(scope: Scope, id: string): Promise<ImportSession> {
    const { layers, issues } = await this.#look(scope, await this.files.list(id));
    return { id, layers, issues };
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
    return (await this.#read(scope, id, reading, false)).preview;
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
    const { preview, placed: inPieces } = await this.#read(scope, id, reading, true);
    const accepted = preview.layers.reduce((sum, layer) => sum + layer.accepted, 0);
    if (accepted === 0) {
      const reasons = preview.layers.flatMap((layer) => layer.issues).filter((issue) => issue.severity !== 'notice');
      throw invalid('nothingToImport', {}, reasons.slice(0, 200));
    }
    const placed = await placedTogether(inPieces!);
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

  async #look(scope: Scope, files: readonly KeptFile[]) {
    const near = await inTransaction(this.#context, (connection) => middleOfCommunities(connection, scope));
    return this.#work.lookAtFiles({ files: this.#onDisk(files), near });
  }

  async #read(scope: Scope, id: string, reading: ImportReading, toStore: boolean): Promise<ReadFiles> {
    const files = this.#onDisk(await this.files.list(id));
    const stored = await this.#stored(scope, reading);
    const idPrefix = this.#context.newId();
    const read = await this.#work.readFiles({ files, reading, stored, idPrefix, toStore });
    // In the encoding the user chose, a column may turn out to hold what may not be kept.
    const privacy = read.preview.layers.flatMap(({ issues }) => issues.filter(({ code }) => code === 'privacyColumn'));
    if (privacy.length > 0) {
      await this.files.discard(id);
      throw invalid('nothingToImport', {}, privacy);
    }
    return read;
  }

  #onDisk(files: readonly KeptFile[]): readonly FileOnDisk[] {
    return files.map(({ name, path }) => ({ name, path: join(this.#context.dataDir, path) }));
  }

  /** What the files may refer to, and what new boundaries may move. */
  async #stored(scope: Scope, reading: ImportReading): Promise<StoredGround> {
    const targets = new Set(reading.layers.map((layer) => layer.target));
    const movesBuildings = targets.has('communities');
    const { communities, buildings, compounds, workers } = await inTransaction(this.#context, async (connection) => {
      const communities = await readCommunities(connection, scope);
      const buildings: StoredBuilding[] = [];
      const compounds = [];
      for (const { code } of communities) {
        if (targets.has('households') || movesBuildings)
          for (const building of await readBuildings(connection, scope, code))
            buildings.push({ communityCode: code, building });
        if (targets.has('buildings') || movesBuildings)
          compounds.push(...(await readCompounds(connection, scope, code)));
      }
      const workers = targets.has('roster') ? await readWorkers(connection, scope) : [];
      return { communities, buildings, compounds, workers };
    });
    return {
      communities: await inPiecesByTurns(communities),
      buildings: await inPiecesByTurns(buildings),
      compounds: await inPiecesByTurns(compounds),
      workers: await inPiecesByTurns(workers),
    };
  }
}

function commonPrefix(codes: readonly string[]): string | null {
  let prefix = codes[0];
  if (prefix === undefined) return null;
  for (const code of codes) while (!code.startsWith(prefix)) prefix = prefix.slice(0, -1);
  return prefix;
}
