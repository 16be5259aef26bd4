import type { Geometry } from 'geojson';
import type { InputIssue } from '../model/index.ts';

/**
 * A feature as it came out of a file, in the file's coordinates. A GeoJSON feature is one. `number` is its 1-based place in the file
 * (deleted records count, so that people find it again); without it the place in the list is taken.
 */
export interface InputFeature {
  readonly type: 'Feature';
  readonly number?: number;
  readonly geometry: Geometry | null;
  readonly properties: Readonly<Record<string, unknown>> | null;
}

/** A row of a table; `number` is its 1-based row in the sheet or file. */
export interface InputRow {
  readonly number: number;
  readonly values: Readonly<Record<string, unknown>>;
}

/** Target field → column name of the file. */
export type ColumnMapping = Readonly<Record<string, string | undefined>>;

/** What every reader hands back: what is right, and one issue for each thing that was not. */
export interface Reading<Value> {
  readonly values: readonly Value[];
  readonly issues: readonly InputIssue[];
}

/** Where an issue's file name comes from. */
export interface ReadingSource {
  readonly file?: string;
}

export const featureNumber = (feature: InputFeature, index: number): number => feature.number ?? index + 1;

/** The text of a cell, trimmed; null for nothing, blanks and the marks people type for nothing. */
export function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  const text = String(value).replaceAll('\0', ' ').trim();
  return text === '' || /^(null|none|nan|无|-+|—+|\/)$/i.test(text) ? null : text;
}
