import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { uptime } from 'node:os';
import { join } from 'node:path';

/** Who holds a data directory. `startedAt` tells two processes with the same number apart, `boot` two runs of the machine. */
interface Holder {
  readonly pid: number;
  readonly startedAt: string | null;
  readonly boot: Boot;
  /** It found that the machine had stopped, and hasn't yet made good what may have been lost. */
  readonly machineStopped: boolean;
}
/** One run of the machine: its id where there is one (Linux), and when it began, in seconds. */
interface Boot {
  readonly id: string | null;
  readonly time: number;
}

export interface DirectoryLock {
  /** How the last holder left: in order, killed, or with the whole machine (then what it wrote may never have reached the disk). */
  readonly before: 'closed' | 'killed' | 'machineStopped';
  /** What `before` called for has been done; the next holder need not do it. */
  settle(): void;
  /** Not settled, it leaves the directory as it was found, for the next one to try. */
  release(): void;
}

/**
 * Takes the data directory for this process; the embedded engine itself would let two processes destroy each other's work.
 * A lock whose process is dead is taken over. @throws naming the process that holds it.
 */
export function lockDirectory(dataDir: string): DirectoryLock {
  mkdirSync(dataDir, { recursive: true });
  const path = join(dataDir, 'lock');
  const own = `${path}.${process.pid}`;
  let before: DirectoryLock['before'] = 'closed';
  let found: string | null = null;
  try {
    for (let attempt = 0; ; attempt++) {
      writeFileSync(own, describeHolder(before === 'machineStopped'));
      try {
        take(own, path);
        break;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || attempt > 5) throw error;
      }
      const text = readText(path);
      if (text === null) continue;
      const holder = parseHolder(text);
      if (holder && isRunning(holder)) {
        throw new Error(
          `the data directory ${dataDir} is in use by the process ${holder.pid}: stop it first, or give this one another directory`,
        );
      }
      if (!takeAway(path, text, `${own}.stale`)) continue;
      found = text;
      before = holder && (holder.machineStopped || !sameBoot(holder.boot, currentBoot())) ? 'machineStopped' : 'killed';
    }
  } finally {
    rmSync(own, { force: true });
  }
  let settled = before !== 'machineStopped';
  return {
    before,
    settle() {
      if (!settled) writeFileSync(path, describeHolder(false));
      settled = true;
    },
    release() {
      if (settled || found === null) rmSync(path, { force: true });
      else writeFileSync(path, found);
    },
  };
}

/** Removes a stale lock, unless another process was quicker and it is already that one's: then that is put back. */
function takeAway(path: string, expected: string, aside: string): boolean {
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
  const isTheOne = readText(aside) === expected;
  if (!isTheOne) take(aside, path);
  rmSync(aside, { force: true });
  return isTheOne;
}

/** Puts the finished file in its place unless there is one. Where there are no hard links (exFAT), it is written in place. */
function take(own: string, path: string): void {
  try {
    linkSync(own, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw error;
    writeFileSync(path, readFileSync(own), { flag: 'wx' });
  }
}

function describeHolder(machineStopped: boolean): string {
  const holder: Holder = { pid: process.pid, startedAt: startOf(process.pid), boot: currentBoot(), machineStopped };
  return JSON.stringify(holder);
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function parseHolder(text: string): Holder | null {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isRunning(holder: Holder): boolean {
  if (holder.boot.id !== null && holder.boot.id !== currentBoot().id) return false;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    // EPERM: it runs, under another user.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const startedAt = startOf(holder.pid);
  return holder.startedAt === null || startedAt === null || startedAt === holder.startedAt;
}

/** Linux: when the process began, in clock ticks since the boot. Elsewhere unknown; then the number alone must do. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may itself hold spaces and parentheses; field 22 is counted from behind it.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}

function currentBoot(): Boot {
  let id: string | null = null;
  try {
    id = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    // Not Linux: the time alone must do.
  }
  return { id, time: Date.now() / 1000 - uptime() };
}

function sameBoot(a: Boot, b: Boot): boolean {
  if (a.id !== null && b.id !== null) return a.id === b.id;
  // The clock may have been set a little since.
  return Math.abs(a.time - b.time) < 120;
}
