#!/usr/bin/env node
// What `npx gridplan` finds: starts the command line that `npm run build` (part of `npm ci`) has made of scripts/gridplan.ts.
import { existsSync } from 'node:fs';

const built = new URL('../dist/server/gridplan.js', import.meta.url);
if (!existsSync(built)) {
  console.error('notBuilt: dist/server/gridplan.js is missing; run `npm run build` first');
  process.exit(3);
}
await import(built.href);
