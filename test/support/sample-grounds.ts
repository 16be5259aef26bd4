import type { Ground } from '../../geodata/model/index.ts';
import { type SampleCounty, sampleCounty } from '../../geodata/samples/index.ts';

/** The sample county that tests work on; made once a test file. */
export const county: SampleCounty = sampleCounty(2020);

/** One of its communities by name (站前, 民主, 新城 …). */
export function groundNamed(name: string): Ground {
  const ground = county.grounds.find(({ community }) => community.name.startsWith(name));
  if (ground === undefined) throw new Error(`no community ${name} in the sample county`);
  return ground;
}
