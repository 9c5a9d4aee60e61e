import { resolve } from 'node:path'
import { defineConfig } from '@lingui/cli'
import babel from '@lingui/cli/api/extractors/babel'
import { personFacingFiles } from './person-facing-files.ts'
import { planPhrasesExtractor, planPhrasesFile } from './plan-phrases-extractor.ts'

/** For `npm run words`: the languages beside English hold only what persons and carers can meet. */
export default defineConfig({
  rootDir: resolve(import.meta.dirname, '../..'),
  sourceLocale: 'en',
  locales: ['cy', 'pl', 'ur'],
  orderBy: 'origin',
  catalogs: [{ path: `<rootDir>/${process.env['WORDS_FOLDER'] ?? 'src/features/parts/language/words'}/{locale}`, include: [...personFacingFiles(), planPhrasesFile] }],
  extractors: [planPhrasesExtractor, babel],
})
