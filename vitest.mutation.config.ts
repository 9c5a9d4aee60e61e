import { defineConfig } from 'vitest/config'

/** Only the tests of the rules, without a database: they run once for every mutant. */
export default defineConfig({
  resolve: { alias: [{ find: /^#(.*)/, replacement: `${import.meta.dirname}/src/$1` }] },
  test: { include: ['src/domain/{access,consent,merge}/**/*.test.ts'] },
})
