import type { ImportCommitted, ImportPreview, ImportReading, ImportRecord, ImportSession } from '../../server/wire.ts';
import { request } from './http.ts';

/** Hands files to the server to be looked at; nothing is stored but the files. */
export function uploadFiles(files: readonly File[]): Promise<ImportSession> {
  const form = new FormData();
  for (const file of files) form.append('files', file, file.name);
  return request('POST', '/api/imports', { form });
}

export const previewImport = (id: string, reading: ImportReading): Promise<ImportPreview> =>
  request('POST', `/api/imports/${encodeURIComponent(id)}/preview`, { json: reading });

export const commitImport = (id: string, reading: ImportReading): Promise<ImportCommitted> =>
  request('POST', `/api/imports/${encodeURIComponent(id)}/commit`, { json: reading });

/** What was imported, the newest first. */
export const fetchImports = (): Promise<readonly ImportRecord[]> => request('GET', '/api/imports');
