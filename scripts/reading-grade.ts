import { existsSync, globSync, readFileSync } from 'node:fs'
import ts from 'typescript'

/**
 * The reading grade (Flesch–Kincaid) of everything that the person and the carer read: the texts of their pages, and of
 * what those pages import. Each page, and each text that is long enough to be measured, must be at grade 6 or lower.
 * Prints what is too hard and exits with 1; `--all` prints the grade of every page.
 *
 * Grade = 0.39 × words per sentence + 11.8 × syllables per word − 15.59 (Kincaid et al. 1975). Syllables are counted by
 * rule, as the usual programs do.
 */
const most = 6
/** A shorter text has no grade that means anything. */
const leastWords = 10

/** Words that may not be replaced: there is no plainer one that means the same. Each counts as a word of two syllables. */
const unreplaceable = new Set(
  `carer carers emergency medicine medicines equipment everyone everybody anyone anybody somebody coordinator
  organisation professional professionals ambulance hospital computer internet memory telephone physiotherapist
  november december january february september october anything something everything another family together`.split(
    /\s+/,
  ),
)

const pages = [
  ...globSync('src/features/patient-portal/**/*.tsx'),
  'src/features/observations/my-observations-page.tsx',
  'src/features/contacts/my-contacts-page.tsx',
  'src/app/layouts/my-layout.tsx',
]
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => !file.includes('.test.') && existsSync(file))

/** The table of a written plan, which is plain text: screens and files read it. */
const planPhrases = 'src/domain/plan/document/plan-phrases.ts'

/** Files of screens that a page imports, itself first. */
function withImports(file: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(file) || !existsSync(file)) return seen
  seen.add(file)
  const source = readFileSync(file, 'utf8')
  for (const [, layer, folder] of source.matchAll(/from '(#(?:features|app|ui)|\.)\/([^']+\.tsx?)'/g)) {
    const here = file.slice(0, file.lastIndexOf('/'))
    withImports(layer === '.' ? `${here}/${folder}` : `src/${layer?.slice(1)}/${folder}`, seen)
  }
  return seen
}

type Said = Readonly<{ file: string; line: number; text: string }>

/** The texts of a file: what is between Trans tags, after t and msg, and the forms of a plural. */
function textsIn(file: string): readonly Said[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true)
  const isPlanPhrases = file === planPhrases
  const found: Said[] = []
  const say = (node: ts.Node, text: string) => {
    const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1
    const plain = text.replaceAll(/\s+/g, ' ').trim()
    if (/\p{L}/u.test(plain)) found.push({ file, line, text: plain })
  }
  const visit = (node: ts.Node): void => {
    if (ts.isJsxElement(node) && node.openingElement.tagName.getText() === 'Trans') {
      say(node, node.children.map(childText).join(''))
    } else if (ts.isTaggedTemplateExpression(node) && ['t', 'msg'].includes(node.tag.getText())) {
      say(node, templateText(node.template))
    } else if (isPlanPhrases && ts.isStringLiteral(node)) {
      say(node, node.text)
    } else if (isPlanPhrases && ts.isTemplateExpression(node)) {
      say(node, templateText(node))
    } else if (ts.isJsxSelfClosingElement(node) && node.tagName.getText() === 'Plural') {
      for (const each of node.attributes.properties)
        if (ts.isJsxAttribute(each) && each.initializer && ts.isStringLiteral(each.initializer))
          say(each, each.initializer.text.replaceAll('#', '5'))
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

function childText(child: ts.JsxChild): string {
  if (ts.isJsxText(child)) return child.text
  if (ts.isJsxElement(child)) return child.children.map(childText).join('')
  if (!ts.isJsxExpression(child)) return ' Grace '
  const inside = child.expression
  return inside && ts.isStringLiteral(inside) ? inside.text : 'Grace'
}

const templateText = (template: ts.TemplateLiteral): string =>
  ts.isNoSubstitutionTemplateLiteral(template)
    ? template.text
    : template.head.text + template.templateSpans.map((span) => `Grace${span.literal.text}`).join('')

function syllablesIn(word: string): number {
  const plain = word.toLowerCase().replaceAll(/[^a-z]/g, '')
  if (unreplaceable.has(plain)) return 2
  if (plain.length <= 3) return 1
  const groups = plain
    .replace(/(?:[^laeiouy]es|[^laeiouytd]ed|[^laeiouy]e)$/, (end) => end[0] ?? '')
    .replace(/^y/, '')
    .match(/[aeiouy]+/g)
  return Math.max(1, groups?.length ?? 1)
}

const wordsIn = (text: string) => text.match(/[\p{L}\p{N}’'-]+/gu) ?? []

function gradeOf(texts: readonly string[]): number {
  const sentences = texts.flatMap((text) => text.split(/[.!?:;]+(?:\s|$)/)).filter((each) => wordsIn(each).length > 0)
  const words = sentences.flatMap(wordsIn)
  const syllables = words.reduce((sum, word) => sum + syllablesIn(word), 0)
  return 0.39 * (words.length / sentences.length) + 11.8 * (syllables / words.length) - 15.59
}

const faults: string[] = []
const shared = new Set<string>([planPhrases])
for (const page of pages) for (const file of withImports(page)) shared.add(file)
for (const file of [...shared].sort()) {
  const texts = textsIn(file)
  // titles and buttons are no sentences: they are read one by one, and only long texts are measured by themselves
  const sentences = texts.filter(({ text }) => /[.!?]$/.test(text))
  const grade = sentences.length > 0 ? gradeOf(sentences.map(({ text }) => text)) : 0
  const isPage = pages.includes(file)
  if (process.argv.includes('--all') && isPage) process.stdout.write(`${grade.toFixed(1)} ${file}\n`)
  if (isPage && grade > most) faults.push(`${file}: its sentences are at grade ${grade.toFixed(1)}`)
  for (const { line, text } of texts) {
    if (wordsIn(text).length < leastWords) continue
    const own = gradeOf([text])
    if (own > most) faults.push(`${file}:${line} grade ${own.toFixed(1)}: ${text}`)
  }
}
for (const fault of faults) process.stderr.write(`${fault}\n`)
process.stdout.write(`${shared.size} files that the person and the carer read, ${faults.length} texts above grade ${most}\n`)
process.exit(faults.length > 0 ? 1 : 0)
