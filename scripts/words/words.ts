import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { getFormat } from '@lingui/cli/api'
import { faultsOfWords } from './faults-of-words.ts'
import { planPhrasesFile } from './plan-phrases-extractor.ts'
import { sameAsEnglish } from './same-as-english.ts'

/**
 * `npm run words` brings the catalogues of the other languages up to date: what persons and carers can meet, and nothing
 * else; what is translated stays. It says what is missing or broken. With `--check` it changes nothing, and fails.
 */
const kept = 'src/features/parts/language/words'
const languages = ['cy', 'pl', 'ur'] as const
const isCheck = process.argv.includes('--check')
const only = process.argv.slice(2).filter((word) => !word.startsWith('-'))
const folder = isCheck ? 'node_modules/.cache/gable/words' : kept

const fileOf = (place: string, language: string) => join(place, `${language}.po`)

if (isCheck) {
  mkdirSync(folder, { recursive: true })
  for (const language of languages)
    if (existsSync(fileOf(kept, language))) copyFileSync(fileOf(kept, language), fileOf(folder, language))
}
const { status, stdout, stderr } = spawnSync(
  process.execPath,
  ['node_modules/@lingui/cli/dist/lingui.js', 'extract', '--clean', '--config', 'scripts/words/lingui.config.ts'],
  { env: { ...process.env, WORDS_FOLDER: folder }, encoding: 'utf8' },
)
if (status !== 0) {
  process.stderr.write(`${stdout}${stderr}`)
  process.exit(1)
}

const format = await getFormat(undefined, 'en')
let faults = 0

/** The phrases of a written plan, for the files that the server writes: it reads no catalogue. */
const phrasesFile = 'src/domain/plan/document/translated-phrases.json'
const ofPlan = [planPhrasesFile, 'src/features/parts/language/translation-mark.tsx']
const phrases: Record<string, Record<string, string>> = {}

/** What is filled in, by its place in the English sentence. */
function byPlace(message: string, text: string): string {
  const names = [...message.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
  return text.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => `{${names.indexOf(name)}}`)
}
for (const language of languages.filter((each) => only.length === 0 || only.includes(each))) {
  const file = fileOf(folder, language)
  // a line number moves with every edit above it, and the date says nothing
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll(/^(#: .+):\d+$/gm, '$1').replace(/^"POT-Creation-Date.*\n/m, ''))
  const words = Object.values((await format.read(file, language)) ?? {})
  const written = words.filter(({ origin = [] }) => origin.some(([place]) => ofPlan.includes(place)))
  phrases[language] = Object.fromEntries(
    written
      .map(({ message = '', translation }) => [byPlace(message, message), byPlace(message, translation ?? '')] as const)
      .toSorted(([one], [other]) => (one < other ? -1 : 1)),
  )
  for (const { message = '', translation } of words) {
    for (const fault of faultsOfWords(language, { message, translation: translation ?? '' }, sameAsEnglish[language].includes(message))) {
      faults += 1
      process.stdout.write(`${language}: “${message}” ${fault}\n`)
    }
  }
  process.stdout.write(`${language}: ${words.length} messages\n`)
}
const json = `${JSON.stringify(phrases, undefined, 2)}\n`
if (only.length === 0 && !isCheck) writeFileSync(phrasesFile, json)
else if (isCheck && readFileSync(phrasesFile, 'utf8') !== json) {
  faults += 1
  process.stdout.write(`${phrasesFile} is not what the catalogues say: npm run words\n`)
}
process.exit(faults > 0 && isCheck ? 1 : 0)
