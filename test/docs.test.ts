import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

// What the README says about the tree, the commands and the settings is held against them.

const readme = readFileSync('README.md', 'utf8');
const manifest = JSON.parse(readFileSync('package.json', 'utf8'));

describe('the README', () => {
  const folders = [...readme.matchAll(/^\| `((?:geodata|server|client|scripts|test)[^`]*)` \|/gm)].map(
    (row) => row[1]!,
  );

  test('tours folders that are there', () => {
    expect(folders.length).toBeGreaterThan(12);
    expect(folders.filter((folder) => !existsSync(folder))).toEqual([]);
  });

  test('leaves no stage of the core out', () => {
    const stages = readdirSync('geodata', { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(stages.map(({ name }) => `geodata/${name}`).filter((stage) => !folders.includes(stage))).toEqual([]);
  });

  test('names npm scripts that are there', () => {
    const named = [...readme.matchAll(/npm (?:run )?(start|test|build|lint|format|types)\b/g)].map(
      (match) => match[1]!,
    );
    expect(named.filter((name) => !manifest.scripts[name])).toEqual([]);
  });

  test('shows commands that the command line has', () => {
    const commands = [...readme.matchAll(/npx gridplan (\w+)/g)].map((match) => match[1]!);
    expect(new Set(commands).size).toBeGreaterThan(4);
    expect([...new Set(commands)].filter((name) => !existsSync(`scripts/commands/${name}.ts`))).toEqual([]);
  });

  test('lists settings that the server reads', () => {
    const server = readFileSync('server/server.ts', 'utf8');
    const settings = [...readme.matchAll(/`(PORT|HOST|DATA_DIR|DATABASE_URL|DEMO|LOG_LEVEL)\b/g)].map(
      (match) => match[1]!,
    );
    expect(new Set(settings).size).toBe(6);
    expect(settings.filter((name) => !server.includes(`process.env.${name}`))).toEqual([]);
  });

  test('shows pictures and links that are there', () => {
    const links = [...readme.matchAll(/\]\((?!https?:|#)([^)]+)\)/g)].map((match) => match[1]!);
    expect(links.filter((link) => !existsSync(link))).toEqual([]);
  });

  test('says the oldest Node that the manifest supports', () => {
    expect(readme).toContain(`Node.js ${manifest.engines.node.replace('>=', '')} or later`);
  });
});
