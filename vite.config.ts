import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

// The page. The server and the command line are built by vite.server.config.ts.
export default defineConfig({
  root: 'client',
  plugins: [vue()],
  worker: { format: 'es' },
  build: { outDir: '../dist/client', emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 1500 },
  // client/api/*.ts are modules of the page; everything else under /api is the server's.
  server: { proxy: { '^/api/(?!.*\\.ts)': 'http://127.0.0.1:8080' } },
});
