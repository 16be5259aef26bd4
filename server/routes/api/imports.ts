import { basename } from 'node:path';
import multipart from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { invalid } from '../../plugins/failure.ts';
import type { Services } from '../../services/services.ts';
import type { ImportCommitted, ImportPreview, ImportReading, ImportRecord, ImportSession } from '../../wire.ts';
import { type App, authorOf, scopeOfRequest } from '../route.ts';
import { IdSchema, refusals, ScopeQuery, wire } from '../schemas/common.ts';
import {
  ImportCommittedSchema,
  ImportPreviewSchema,
  ImportReadingSchema,
  ImportRecordSchema,
  ImportSessionSchema,
} from '../schemas/import.ts';

const ImportParams = Type.Object({ id: IdSchema });
const LARGEST_FILE_BYTES = 512 * 1024 * 1024;
const MOST_FILES = 60;

/** What the plan of imported grids is called. A name is data, not a word of the page: it is shown as it was stored. */
const EXISTING_GRIDS = '现状网格';

async function* filesOf(request: FastifyRequest) {
  for await (const part of request.files()) {
    // Browsers may send a path; and two parts of one name would hide each other.
    yield { name: basename(part.filename.replaceAll('\\', '/')) || 'file', content: part.file };
    if (part.file.truncated) throw invalid('fileTooLarge', { file: part.filename });
  }
}

export async function importRoutes(app: App, { imports, jobs }: Services): Promise<void> {
  await app.register(multipart, {
    limits: { fileSize: LARGEST_FILE_BYTES, files: MOST_FILES, fields: 20, parts: MOST_FILES + 20 },
  });
  app.post(
    '/api/imports',
    {
      schema: {
        tags: ['imports'],
        summary: 'Hand in files to be looked at; nothing is stored but the files',
        consumes: ['multipart/form-data'],
        response: { ...refusals, 201: wire<ImportSession>(ImportSessionSchema) },
      },
    },
    async (request, reply) => {
      if (!request.isMultipart()) throw invalid('noFiles');
      return reply.code(201).send(await imports.upload(scopeOfRequest(request), filesOf(request)));
    },
  );
  app.get(
    '/api/imports',
    {
      schema: {
        tags: ['imports'],
        summary: 'What was imported, the newest first',
        querystring: ScopeQuery,
        response: { ...refusals, 200: wire<readonly ImportRecord[]>(Type.Array(ImportRecordSchema)) },
      },
    },
    async (request, reply) => {
      const stored = await imports.list(scopeOfRequest(request, request.query.scope));
      return reply.send(
        stored.map(({ id, importedAt, importedBy, outcome, issues, files }) => ({
          id,
          importedAt: importedAt.toISOString(),
          importedBy,
          layers: outcome,
          issues,
          files: files.map(({ name, byteCount }) => ({ name, byteCount })),
        })),
      );
    },
  );
  app.get(
    '/api/imports/:id',
    {
      schema: {
        tags: ['imports'],
        summary: 'What is in the files of an import',
        params: ImportParams,
        response: { ...refusals, 200: wire<ImportSession>(ImportSessionSchema) },
      },
    },
    async (request, reply) => reply.send(await imports.look(scopeOfRequest(request), request.params.id)),
  );
  app.post(
    '/api/imports/:id/preview',
    {
      schema: {
        tags: ['imports'],
        summary: 'How the layers would be read',
        params: ImportParams,
        body: wire<ImportReading>(ImportReadingSchema),
        response: { ...refusals, 200: wire<ImportPreview>(ImportPreviewSchema) },
      },
    },
    async (request, reply) =>
      reply.send(await imports.preview(scopeOfRequest(request), request.params.id, request.body)),
  );
  app.post(
    '/api/imports/:id/commit',
    {
      schema: {
        tags: ['imports'],
        summary: 'Store the layers, all of it or nothing',
        params: ImportParams,
        body: wire<ImportReading>(ImportReadingSchema),
        response: { ...refusals, 200: wire<ImportCommitted>(ImportCommittedSchema) },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const author = authorOf(request);
      const scope = scopeOfRequest(request);
      const { preview, toCut } = await imports.commit(scope, id, request.body, author, EXISTING_GRIDS);
      const job = toCut.length > 0 ? await jobs.startCutting(toCut) : null;
      return reply.send({ importId: id, preview, jobId: job?.id ?? null });
    },
  );
}
