import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockDirectory } from '../../../server/database/embedded/lock.ts';

describe('the lock of a data directory', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'grid-planner-lock-'));
  });
  afterEach(() => rmSync(dir, { recursive: true }));
  const path = () => join(dir, 'lock');
  const holder = () => JSON.parse(readFileSync(path(), 'utf8'));
  const leave = (change: object) => {
    const lock = lockDirectory(dir);
    const left = { ...holder(), ...change };
    lock.release();
    writeFileSync(path(), JSON.stringify(left));
  };
  /** No process has it: the largest number Linux gives out is 2^22. */
  const NOBODY = 2 ** 22 + 1;

  it('can be taken, names its holder, and is gone when released', () => {
    const lock = lockDirectory(dir);
    expect(lock.before).toBe('closed');
    expect(holder().pid).toBe(process.pid);
    expect(() => lockDirectory(dir)).toThrow(`process ${process.pid}`);
    lock.release();
    expect(existsSync(path())).toBe(false);
  });

  it('is taken over from a dead process', () => {
    leave({ pid: NOBODY });
    const lock = lockDirectory(dir);
    expect(lock.before).toBe('killed');
    expect(holder().pid).toBe(process.pid);
    lock.release();
  });

  it('is taken over when its holder was killed before it had written its name', () => {
    writeFileSync(path(), '');
    expect(lockDirectory(dir).before).toBe('killed');
  });

  describe('left by a machine that stopped', () => {
    beforeEach(() => leave({ boot: { id: 'another run of the machine', time: 0 } }));

    it('says so', () => {
      expect(lockDirectory(dir).before).toBe('machineStopped');
    });

    it('says so again to the next one, until somebody has made it good', () => {
      lockDirectory(dir).release();
      const second = lockDirectory(dir);
      expect(second.before).toBe('machineStopped');
      second.settle();
      second.release();
      expect(lockDirectory(dir).before).toBe('closed');
    });

    it('says so even when the one who was at it is killed', () => {
      lockDirectory(dir);
      writeFileSync(path(), JSON.stringify({ ...holder(), pid: NOBODY }));
      expect(lockDirectory(dir).before).toBe('machineStopped');
    });
  });
});
