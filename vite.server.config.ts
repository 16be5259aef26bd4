import { defineConfig } from 'vite';

// Everything that runs in Node, as plain JavaScript beside the page: the server, the command line and their worker threads.
export default defineConfig({
  build: {
    ssr: true,
    outDir: 'dist/server',
    emptyOutDir: true,
    target: 'node20',
    sourcemap: true,
    rollupOptions: {
      input: {
        server: 'server/server.ts',
        gridplan: 'scripts/gridplan.ts',
        'database-thread': 'server/database/embedded/thread.ts',
        'divide-thread': 'scripts/commands/divide-thread.ts',
        'work-thread': 'server/services/work-thread.ts',
      },
      output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
});
