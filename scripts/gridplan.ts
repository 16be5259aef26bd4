// The command line: finds the command and turns what it says into an exit code.
// 0 done, 1 done but hard rules are broken, 2 bad input, 3 an internal fault.

const COMMANDS: Readonly<Record<string, () => Promise<{ run(args: readonly string[]): Promise<number> }>>> = {
  partition: () => import('./commands/partition.ts'),
  merge: () => import('./commands/merge.ts'),
  check: () => import('./commands/check.ts'),
  staff: () => import('./commands/staff.ts'),
  convert: () => import('./commands/convert.ts'),
  bench: () => import('./commands/bench.ts'),
};

async function main([command, ...args]: readonly string[]): Promise<number> {
  if (command === undefined || command === '--help' || command === '-h' || command === 'help') {
    const { USAGE } = await import('./commands/usage.ts');
    console.log(USAGE);
    return command === undefined ? 2 : 0;
  }
  const load = Object.hasOwn(COMMANDS, command) ? COMMANDS[command] : undefined;
  if (load === undefined) {
    console.error(`commandUnknown, -, -, ${command}\nknown: ${Object.keys(COMMANDS).join(' ')}`);
    return 2;
  }
  return (await load()).run(args);
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (fault: unknown) => {
    console.error('internal fault:', fault);
    process.exitCode = 3;
  },
);
