import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';

// `npm test`: lint, types, build, unit and server tests, then end to end. Everything runs even when an earlier step has failed, so that
// one run tells all. What could not run here is named at the end; where CI is set that is a failure too. The last line is the count.

const OUTPUT = 'test-output';
const SKIPPED = `${OUTPUT}/skipped.txt`;

interface Count {
  passed: number;
  failed: number;
}

rmSync(SKIPPED, { force: true });
mkdirSync(OUTPUT, { recursive: true });
const total: Count = { passed: 0, failed: 0 };
for (const step of [
  () => command('lint', 'npm', 'run', '--silent', 'lint'),
  () => command('types', 'npm', 'run', '--silent', 'types'),
  () => command('build', 'npm', 'run', '--silent', 'build'),
  () => tests('unit and server tests', 'vitest.config.ts'),
  () => tests('end-to-end tests', 'vitest.e2e.config.ts'),
]) {
  const { passed, failed } = step();
  total.passed += passed;
  total.failed += failed;
}

const skipped = existsSync(SKIPPED) ? [...new Set(readFileSync(SKIPPED, 'utf8').split('\n').filter(Boolean))] : [];
for (const line of skipped) console.log(`COULD NOT RUN: ${line}`);
if (process.env.CI) total.failed += skipped.length;
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed > 0 ? 1 : 0);

function run(title: string, program: string, args: string[]): number {
  console.log(`\n── ${title}`);
  const started = Date.now();
  const { status } = spawnSync(program, args, { stdio: 'inherit' });
  console.log(`── ${title}: ${status === 0 ? 'ok' : 'FAILED'} in ${Math.round((Date.now() - started) / 1000)} s`);
  return status ?? 1;
}

function command(title: string, program: string, ...args: string[]): Count {
  return run(title, program, args) === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

function tests(title: string, config: string): Count {
  const report = `${OUTPUT}/${config}.json`;
  rmSync(report, { force: true });
  const status = run(title, 'npx', [
    'vitest',
    'run',
    '--config',
    config,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]);
  if (!existsSync(report)) return { passed: 0, failed: 1 };
  const { numPassedTests, numFailedTests, numFailedTestSuites } = JSON.parse(readFileSync(report, 'utf8'));
  const failed = numFailedTests + (numFailedTests === 0 ? numFailedTestSuites : 0);
  return { passed: numPassedTests, failed: status === 0 ? failed : Math.max(1, failed) };
}
