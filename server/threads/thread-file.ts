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
  const { file, preload } = threadModule(source, built, caller);
  if (preload === null) return file;
  const code = `import ${JSON.stringify(preload.href)}; await import(${JSON.stringify(file.href)});`;
  return new URL(`data:text/javascript,${encodeURIComponent(code)}`);
}

/** The same for who needs the module itself, and can have another one (`preload`, for `--import`) run before it. */
export function threadModule(source: string, built: string, caller: string): { file: URL; preload: URL | null } {
  if (caller.split('?')[0]?.endsWith('.ts')) {
    const tsx = import.meta.resolve('tsx/esm/api');
    const code = `import { register } from ${JSON.stringify(tsx)}; register();`;
    return { file: new URL(source, caller), preload: new URL(`data:text/javascript,${encodeURIComponent(code)}`) };
  }
  for (const place of [`./${built}.js`, `../${built}.js`]) {
    const path = fileURLToPath(new URL(place, caller));
    if (existsSync(path)) return { file: pathToFileURL(path), preload: null };
  }
  throw new Error(`no worker thread ${built}.js near ${caller}: is it an entry of vite.server.config.ts?`);
}
