import { defineConfig } from '@lingui/cli'

/** The texts on the screens: English is the source; each further language is one catalogue. */
export default defineConfig({
  sourceLocale: 'en',
  locales: ['en', 'cy', 'pl', 'ur'],
  catalogs: [{ path: 'src/features/parts/language/words/{locale}', include: ['src'] }],
})
