import { existsSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * Finds a worker thread's module beside the module that asks.
 * In the build it is an entry of vite.server.config.ts, which lies beside the caller or, when the caller became a shared chunk,
 * one folder up. In the source tree it is TypeScript, which Node 20 can't read: then a line of JavaScript lets tsx read it.
 * @param source the path from the caller to the TypeScript file, `./embedded/thread.ts`
 * @param built the entry's name in the build, `database-thread`
 * @param caller the caller's `import.meta.url`
 */
export function threadFile(source: string, built: string, caller: string): URL {
  if (isTypeScript(caller)) {
    const tsx = import.meta.resolve('tsx/esm/api');
    const code = `import { register } from ${JSON.stringify(tsx)};
register();
const thread = await import(${JSON.stringify(new URL(source, caller).href)});
export default thread.default;`;
    return new URL(`data:text/javascript,${encodeURIComponent(code)}`);
  }
  for (const place of [`./${built}.js`, `../${built}.js`]) {
    const path = fileURLToPath(new URL(place, caller));
    if (existsSync(path)) return pathToFileURL(path);
  }
  throw new Error(`no worker thread ${built}.js near ${caller}: is it an entry of vite.server.config.ts?`);
}

const isTypeScript = (url: string): boolean => url.split('?')[0]?.endsWith('.ts') ?? false;
