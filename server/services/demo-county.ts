import { Readable } from 'node:stream';
import { countyFiles, sampleCounty } from '../../geodata/samples/index.ts';
import { countCommunities, savePlace } from '../repositories/communities.ts';
import { readDepartments, saveDepartment } from '../repositories/departments.ts';
import { EVERYWHERE } from '../repositories/scope.ts';
import type { ImportReading } from '../wire.ts';
import { type Context, inTransaction } from './context.ts';
import type { Services } from './services.ts';

/** The seed of the county everybody sees: screenshots and instructions are of this one. */
const DEMO_SEED = 2020;
const AUTHOR = 'demo';

/**
 * Fills an empty database with the sample county by the same import a county's own files take, telling each step.
 * @returns false when there was something in the database already.
 */
export async function loadDemoCounty(
  context: Context,
  { imports, jobs }: Services,
  say: (line: string) => void,
): Promise<boolean> {
  const count = await inTransaction(context, (connection) => countCommunities(connection, EVERYWHERE));
  if (count > 0) return false;
  const started = performance.now();
  say('  Demo county: drawing streets, compounds and buildings …');
  const county = sampleCounty(DEMO_SEED);
  const { layers, roster } = countyFiles(county);
  say('  Demo county: handing its files to the import …');
  const csv = `\uFEFF${roster.map((row) => row.join(',')).join('\r\n')}\r\n`;
  const files = [
    ...layers.map(({ name, collection }) => ({ name: `${name}.geojson`, text: JSON.stringify(collection) })),
    { name: 'roster.csv', text: csv },
  ];
  const session = await imports.upload(
    EVERYWHERE,
    (async function* () {
      for (const { name, text } of files) yield { name, content: Readable.from([text]) };
    })(),
  );
  const buildings = county.grounds.reduce((sum, ground) => sum + ground.buildings.length, 0);
  say(`  Demo county: reading ${buildings} buildings in ${county.grounds.length} communities …`);
  const reading: ImportReading = {
    layers: session.layers.flatMap((layer) =>
      layer.suggestedTarget
        ? [
            {
              file: layer.file,
              layer: layer.layer,
              target: layer.suggestedTarget,
              mapping: layer.suggestedMapping,
              encoding: null,
              crs: layer.crs ?? 'EPSG:4490',
              datum: 'none' as const,
              departmentName: null,
              estimateM2PerHousehold: null,
            },
          ]
        : [],
    ),
  };
  const place = { code: county.code, level: 'county' as const, name: county.name, parentCode: county.code.slice(0, 4) };
  await inTransaction(context, (connection) => savePlace(connection, place));
  const { toCut } = await imports.commit(EVERYWHERE, session.id, reading, AUTHOR, '现状网格', (done, total) =>
    say(
      done < total ? `  Demo county: cutting communities into cells, ${done} of ${total}` : '  Demo county: storing …',
    ),
  );
  // What a department's grids are for stands in no file: it is said on the merge page, here by the sample.
  await inTransaction(context, async (connection) => {
    const stored = await readDepartments(connection, { prefix: county.code });
    for (const { name, colour, duties } of county.departments) {
      const department = stored.find((candidate) => candidate.name === name);
      if (department) await saveDepartment(connection, { ...department, colour, duties });
    }
  });
  if (toCut.length > 0) await jobs.startCutting(toCut);
  say(`  Demo county: stored, ${((performance.now() - started) / 1000).toFixed(1)} s`);
  return true;
}
