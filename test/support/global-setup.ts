import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { stopPrivatePostgres } from './postgres.ts';

/** A directory for what test files share; nothing is started before the first of them asks (once-a-run.ts). */
export default function setUp(project: TestProject): () => void {
  const dir = mkdtempSync(join(tmpdir(), 'grid-planner-test-'));
  // PostgreSQL's own user must be able to get in.
  chmodSync(dir, 0o755);
  project.provide('runDirectory', dir);
  return () => {
    stopPrivatePostgres(dir);
    rmSync(dir, { recursive: true, force: true });
  };
}
