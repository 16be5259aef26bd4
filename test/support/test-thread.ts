/** A thread's module for the tests of the pool: adds, fails, counts for ever. */
export default function run(task: { do: 'double' | 'fail' | 'spin' | 'wait'; value: number }): number {
  switch (task.do) {
    case 'double':
      return task.value * 2;
    case 'fail':
      throw new Error(`can't do ${task.value}`);
    case 'spin':
      for (let count = 0; ; count = (count + 1) % 1000);
    case 'wait': {
      const until = performance.now() + task.value;
      while (performance.now() < until);
      return 0;
    }
  }
}
