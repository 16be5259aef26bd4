import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { certify, runToEnd, solve } from '../../../geodata/partition/index.ts';
import { type BenchInstance, optionsOfInstance, problemOfInstance } from '../../../scripts/commands/bench.ts';

const folder = path.resolve(import.meta.dirname, '../../../../shared/bench/instances');
const available = existsSync(folder);
if (!available) console.warn(`skipped: the benchmark's instances are not at ${folder}`);
/** Known to have no plan; all others have one. */
const IMPOSSIBLE = /^(x|h07|h08)/;

describe.skipIf(!available)('on the benchmark', () => {
  const files = available ? readdirSync(folder).filter((file) => file.endsWith('.json') && !file.startsWith('l')) : [];
  it.each(files)('%s: a valid plan, or a proof where there is none', (file) => {
    const instance: BenchInstance = JSON.parse(readFileSync(path.join(folder, file), 'utf8'));
    const problem = problemOfInstance(instance);
    const options = optionsOfInstance(instance, 2, 1);
    if (IMPOSSIBLE.test(file)) expect(certify(problem, options)).not.toEqual([]);
    else expect(runToEnd(solve(problem, options)).status).toBe('feasible');
  });
});
