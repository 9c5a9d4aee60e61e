import { lingui, linguiTransformerBabelPreset } from '@lingui/vite-plugin'
import babel from '@rolldown/plugin-babel'
import react from '@vitejs/plugin-react'
import rtlcss from 'postcss-rtlcss'
import { defineConfig } from 'vitest/config'
import { precompress } from './scripts/precompress.ts'
import { mergedServiceWorker, shellServiceWorker } from './scripts/service-worker/plugin.ts'
import { TestOrder } from './scripts/test-order.ts'
import { withoutDemo } from './scripts/without-demo.ts'

const source = { find: /^#(.*)/, replacement: `${import.meta.dirname}/src/$1` }
const noCookies = {
  find: /^tough-cookie$/,
  replacement: `${import.meta.dirname}/scripts/no-cookies.ts`,
}

/**
 * To ask for a file takes the page a moment, and there were 160 of them: the first screen is two files (one would run too
 * long at a stretch), and what several pages share comes in a few, each for the pages that use it.
 */
const fewFiles = {
  chunkFileNames: ({ name }: { name: string }) =>
    name.startsWith('shared~') ? 'assets/shared-[hash].js' : 'assets/[name]-[hash].js',
  // files that import each other run in the order of the entry that was opened: without this, opening another page first
  // called a function that was not there yet
  strictExecutionOrder: true,
  codeSplitting: {
    groups: [
      { name: 'libraries', test: /\/node_modules\//, tags: ['$initial'], priority: 3 },
      { name: 'first-screen', tags: ['$initial'], priority: 2 },
      {
        ...{ name: 'shared', test: /\/(src|node_modules)\//, priority: 1 },
        ...{ minShareCount: 2, entriesAware: true, entriesAwareMergeThreshold: 10_000 },
      },
    ],
  },
}

export default defineConfig(({ mode }) => ({
  plugins: [
    react(),
    lingui(),
    babel({ presets: [linguiTransformerBabelPreset({ descriptorFields: 'message' })] }),
    // a team build has no database and no demonstration; its service worker caches only the app
    ...(mode === 'team'
      ? [withoutDemo(), shellServiceWorker(), precompress()]
      : [mergedServiceWorker()]),
  ],
  resolve: { alias: mode === 'test' ? [source] : [source, noCookies] },
  // its workers and WebAssembly are found beside its own files
  optimizeDeps: { exclude: ['@electric-sql/pglite'] },
  worker: { format: 'es' },
  // left and right in nhsuk-frontend’s styles are mirrored for languages that run right to left
  css: {
    postcss: {
      plugins: [rtlcss({ ltrPrefix: ':where([dir="ltr"])', rtlPrefix: ':where([dir="rtl"])' })],
    },
  },
  server: { port: 5173, strictPort: true },
  preview: { port: 5173, strictPort: true },
  build: {
    target: 'es2023',
    sourcemap: true,
    rolldownOptions: { output: fewFiles },
  },
  test: {
    include: ['src/**/*.test.{ts,tsx}'],
    globalSetup: ['src/test-support/servers/postgres.ts', 'src/test-support/servers/pglite.ts'],
    // a worker keeps its modules and databases for the next files; `each-file.ts` gives screens fresh ones
    isolate: false,
    // the third worker keeps two cores busy while others wait for PostgreSQL
    maxWorkers: 3,
    sequence: { sequencer: TestOrder },
    setupFiles: ['src/test-support/each-file.ts'],
    testTimeout: 120_000,
    hookTimeout: 240_000,
  },
}))
