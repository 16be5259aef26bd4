// Runs the benchmark without the rest of the command line: npx tsx scripts/bench-partition.ts --instances DIR --out F
import { run } from './commands/bench.ts';

process.exitCode = await run(process.argv.slice(2));
