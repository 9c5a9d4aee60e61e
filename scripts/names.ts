import { globSync, readFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'

/**
 * Checks that keep the code easy to search: each file is named after its export, no exported name of the product means
 * two things, at most 15 product files are in a folder, and no folder is deeper than four below `src`. Prints
 * violations and exits with 1.
 */
const mostFiles = 15
const deepest = 4

const exported =
  /^export (?:declare )?(?:async )?(?:abstract )?(?:const|let|function|class|interface|type|enum)\*? +\*?(\w+)/gm

/** `indexedDbStore` → indexed, db, store; plurals and verb endings are removed. */
const wordsOf = (name: string): readonly string[] =>
  name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
    .toLowerCase()
    .split('-')
    .map((word) => word.replace(/ies$/, 'y').replace(/(es|s|ed|ing|e)$/, ''))

/**
 * An export contains all the words of the file’s name, or the file’s name all those of an export. If there are several
 * exports, it is enough that they contain its noun, the last word: `care-events.ts` has `planEvents` and `readingEvents`.
 */
function isNamedAfter(file: string, names: readonly string[]): boolean {
  const title = wordsOf(basename(file).replace(/^\d+-/, '').replace(/\.tsx?$/, ''))
  const said = names.map(wordsOf)
  const all = new Set(said.flat())
  if (title.every((word) => all.has(word))) return true
  if (said.some((words) => words.every((word) => title.includes(word)))) return true
  return names.length > 1 && all.has(title.at(-1) ?? '')
}

const files = globSync('src/**/*.{ts,tsx}', { exclude: ['**/*.test.*', '**/*.d.ts'] })
  .map((file) => file.replaceAll('\\', '/'))
  // the demonstration and the support code of tests are not part of the product
  .filter((file) => !/^src\/(test-support|demo-data)\//.test(file))
  .sort()
const faults: string[] = []
const places = new Map<string, string[]>()
const folders = new Map<string, number>()
for (const file of files) {
  const names = [...readFileSync(file, 'utf8').matchAll(exported)].map((found) => found[1] ?? '')
  if (names.length > 0 && !isNamedAfter(file, names))
    faults.push(`${file} is not named after what it exports: ${names.join(', ')}`)
  for (const name of new Set(names)) places.set(name, [...(places.get(name) ?? []), file])
  const folder = dirname(file)
  folders.set(folder, (folders.get(folder) ?? 0) + 1)
}
for (const [name, all] of places)
  if (all.length > 1) faults.push(`${name} means ${all.length} things: ${all.join(', ')}`)
for (const [folder, count] of folders) {
  // one migration a file, numbered in order
  if (count > mostFiles && !folder.endsWith('/migrations'))
    faults.push(`${folder} holds ${count} files, ${mostFiles} at most`)
  if (folder.split('/').length - 1 > deepest) faults.push(`${folder} lies deeper than ${deepest}`)
}
for (const fault of faults) process.stdout.write(`${fault}\n`)
process.exit(faults.length > 0 ? 1 : 0)
