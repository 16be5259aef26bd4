import type { Barrier, BarrierClass, BarrierId, InputIssue } from '../model/index.ts';
import { barrierClassOf, barrierClassOfLayer } from './barrier-classes.ts';
import { type Area, cleanFeatures, type Line } from './clean-features.ts';
import { type ColumnMapping, type InputFeature, type Reading, type ReadingSource, textOf } from './input.ts';
import { privacyIssues } from './privacy.ts';
import { uniqueIds } from './unique-ids.ts';

const isYes = (value: unknown): boolean => /^(t|true|1|1\.0|yes|y|是)$/i.test(String(value ?? '').trim());

export interface BarrierSource extends ReadingSource {
  /** The layer's name, which tells the class where no column does. */
  readonly layer?: string;
  /** Of everything in the layer that doesn't say. */
  readonly defaultClass?: BarrierClass;
}

/**
 * Barriers from lines (and water areas) in lon/lat. The class comes from the mapped column; where its word is unknown, from any other column whose word is
 * known (`kind_detail` says more than `kind`), then from the layer's name. What stops no one (footpaths, driveways, anything in a tunnel) is left out and
 * counted (`notABarrier`); an unknown word in a layer
 * of railways or water is what the layer is (`barrierClassOfLayer`); what nothing tells of is left out and listed by word (`barrierClassUnknown`).
 */
export function readBarriers(
  features: readonly InputFeature[],
  mapping: ColumnMapping,
  source: BarrierSource = {},
): Reading<Barrier> {
  const at = source.file === undefined ? {} : { file: source.file };
  const privacy = privacyIssues(
    features.map(({ properties }) => properties ?? {}),
    source.file,
  );
  if (privacy.length > 0) return { values: [], issues: privacy };
  const issues: InputIssue[] = [];
  const fallback = source.defaultClass ?? barrierClassOfLayer(source.layer ?? source.file ?? '');
  const left: Record<'notABarrier' | 'barrierClassUnknown' | 'barrierClassOfLayer', Map<string, number>> = {
    notABarrier: new Map(),
    barrierClassUnknown: new Map(),
    barrierClassOfLayer: new Map(),
  };
  const leave = (why: keyof typeof left, word: string) => left[why].set(word, (left[why].get(word) ?? 0) + 1);
  const classOf = (properties: Readonly<Record<string, unknown>>, isAreaShape: boolean): BarrierClass | null => {
    if (mapping.tunnel !== undefined && isYes(properties[mapping.tunnel])) {
      leave('notABarrier', mapping.tunnel);
      return null;
    }
    const word = mapping.class === undefined ? null : textOf(properties[mapping.class]);
    const said = word === null ? null : barrierClassOf(word);
    const finer = textOf(properties.kind_detail);
    const detail = mapping.class === 'kind' && finer !== null ? barrierClassOf(finer) : null;
    let found = detail ?? said;
    if (found === null && word !== null) {
      const elsewhere = Object.values(properties)
        .map((value) => (typeof value === 'string' ? barrierClassOf(value) : null))
        .filter((kind) => kind !== null);
      found = elsewhere[0] ?? null;
    }
    if (found === null && word === null) found = fallback ?? (isAreaShape ? 'river' : null);
    // A layer of railways holds railways whatever it calls their kinds; one of roads may hold paths as well.
    if (found === null && fallback !== null && fallback !== 'road') {
      leave('barrierClassOfLayer', word ?? '');
      found = fallback;
    }
    if (found === null) leave('barrierClassUnknown', word ?? '');
    if (found === 'none') leave('notABarrier', finer ?? word ?? '');
    return found === 'none' ? null : found;
  };
  const wanted: InputFeature[] = [];
  const classes = new Map<number, BarrierClass>();
  features.forEach((feature, index) => {
    const number = feature.number ?? index + 1;
    const kind = classOf(feature.properties ?? {}, /Polygon/.test(feature.geometry?.type ?? ''));
    if (kind === null) return;
    classes.set(number, kind);
    wanted.push({ ...feature, number });
  });
  const cleaned = cleanFeatures<Area | Line>(wanted, ['line', 'area'], source);
  // Ids of ways repeat when a road is in pieces, so they identify nothing here.
  const identified = uniqueIds(cleaned.features, undefined, 'r', source.file);
  for (const [code, words] of Object.entries(left)) {
    if (words.size === 0) continue;
    issues.push({
      code,
      severity: code === 'notABarrier' ? 'notice' : 'warning',
      ...at,
      ...(mapping.class === undefined ? {} : { field: mapping.class }),
      values: { count: [...words.values()].reduce((a, b) => a + b, 0), words: [...words.keys()].slice(0, 20) },
    });
  }
  const values = cleaned.features.map(
    ({ number, shape, properties }, i): Barrier => ({
      id: identified.ids[i] as BarrierId,
      class: classes.get(number)!,
      name: mapping.name === undefined ? null : textOf(properties[mapping.name]),
      shape,
    }),
  );
  return { values, issues: [...issues, ...cleaned.issues] };
}
