import { polygonAreaM2, sideOfRing } from '../geometry/plane-area.ts';
import type { Building, Compound, CompoundId } from '../model/index.ts';
import { type Area, cleanFeatures } from './clean-features.ts';
import { type ColumnMapping, type InputFeature, type Reading, type ReadingSource, textOf } from './input.ts';
import { privacyIssues } from './privacy.ts';
import { uniqueIds } from './unique-ids.ts';

/** Compounds from areas in lon/lat; without a name the id stands for it. */
export function readCompounds(
  features: readonly InputFeature[],
  mapping: ColumnMapping,
  source: ReadingSource = {},
): Reading<Compound> {
  const privacy = privacyIssues(
    features.map(({ properties }) => properties ?? {}),
    source.file,
  );
  if (privacy.length > 0) return { values: [], issues: privacy };
  const cleaned = cleanFeatures<Area>(features, ['area'], source);
  const identified = uniqueIds(cleaned.features, mapping.id ?? mapping.name, 'c', source.file);
  const values = cleaned.features.map(({ shape, properties }, i): Compound => {
    const id = identified.ids[i] as CompoundId;
    return { id, name: (mapping.name === undefined ? null : textOf(properties[mapping.name])) ?? id, area: shape };
  });
  return { values, issues: [...cleaned.issues, ...identified.issues] };
}

/**
 * Buildings with `compoundId` made an id of `compounds`: the column's text is looked up as an id, then as a name that only one of them bears;
 * else, if the building says nothing, the compound its first corner lies in. Names no area is known for become compounds without one.
 */
export function linkCompounds(
  buildings: readonly Building[],
  compounds: readonly Compound[],
): { readonly buildings: readonly Building[]; readonly compounds: readonly Compound[] } {
  const byId = new Map(compounds.map((compound) => [compound.id as string, compound]));
  const byName = new Map<string, Compound | null>();
  for (const compound of compounds) byName.set(compound.name, byName.has(compound.name) ? null : compound);
  const placed = compounds
    .flatMap(({ id, area }) => (area === null ? [] : [{ id, area, sizeM2: polygonAreaM2(area), box: boxOf(area) }]))
    .sort((a, b) => a.sizeM2 - b.sizeM2);
  const added = new Map<string, Compound>();
  const linked = buildings.map((building): Building => {
    const label: string | null = building.compoundId;
    if (label !== null) {
      const known = byId.get(label) ?? byName.get(label) ?? added.get(label);
      if (known) return known.id === label ? building : { ...building, compoundId: known.id };
      added.set(label, { id: label as CompoundId, name: label, area: null });
      return building;
    }
    const { footprint } = building;
    const at = (
      footprint.type === 'Point'
        ? footprint.coordinates
        : footprint.type === 'Polygon'
          ? footprint.coordinates[0]![0]
          : footprint.coordinates[0]![0]![0]
    ) as [number, number];
    const home = placed.find(
      ({ area, box }) => at[0] >= box[0] && at[0] <= box[2] && at[1] >= box[1] && at[1] <= box[3] && holds(area, at),
    );
    return home === undefined ? building : { ...building, compoundId: home.id };
  });
  return { buildings: linked, compounds: [...compounds, ...added.values()] };
}

function boxOf(area: Area): [number, number, number, number] {
  const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [shell] of area.type === 'Polygon' ? [area.coordinates] : area.coordinates) {
    for (const [lon, lat] of shell!) {
      box[0] = Math.min(box[0], lon!);
      box[1] = Math.min(box[1], lat!);
      box[2] = Math.max(box[2], lon!);
      box[3] = Math.max(box[3], lat!);
    }
  }
  return box;
}

const holds = (area: Area, at: [number, number]): boolean =>
  (area.type === 'Polygon' ? [area.coordinates] : area.coordinates).some(
    ([shell, ...holes]) => sideOfRing(at, shell!) >= 0 && holes.every((hole) => sideOfRing(at, hole) <= 0),
  );
