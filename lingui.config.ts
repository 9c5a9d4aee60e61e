import { defineConfig } from '@lingui/cli'

/** The texts on the screens: English is the source; each further language is one catalogue. */
export default defineConfig({
  sourceLocale: 'en',
  locales: ['en'],
  catalogs: [{ path: 'src/app/words/{locale}', include: ['src'] }],
})
