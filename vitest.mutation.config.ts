import { defineConfig } from 'vitest/config'

/** The tests of the rules alone, without a database: they are run once for every mutant. */
export default defineConfig({
  resolve: { alias: [{ find: /^#(.*)/, replacement: `${import.meta.dirname}/src/$1` }] },
  test: { include: ['src/domain/{access,consent,merge}/**/*.test.ts'] },
})
