import { globSync, readFileSync } from 'node:fs'
import { compileString } from 'sass'

/**
 * Who may style what. Only one stylesheet, the owner, styles a class: the stylesheets of `src/ui` count as one, every
 * other one counts separately. A stylesheet that changes another's class does so below a class of its own
 * (`.today .gable-columns`), so that no page changes how another page looks. Prints violations and exits with 1.
 */
const shared = 'src/ui'
const ownerOf = (path: string) => (path.startsWith(shared) ? shared : path)

/** The selectors of a compiled stylesheet, one by one; `@media` and similar rules are skipped. */
function selectors(css: string): string[] {
  const bare = css.replace(/\/\*[\s\S]*?\*\//g, '')
  const heads = [...bare.matchAll(/(?<=^|[{};])\s*([^{};]+)\{/g)].map((found) => (found[1] ?? '').trim())
  return heads.filter((head) => !/^(@|from\b|to\b|\d)/.test(head)).flatMap(list)
}

/** Splits a selector list at its commas, except inside brackets. */
function list(head: string): string[] {
  return head.split(/,(?![^(]*\))/).map((one) => one.trim())
}

/** The first class of a selector, which its stylesheet must own; classes joined directly to it only narrow it. */
function firstClasses(selector: string): string[] {
  const first = selector.split(/[\s>+~]+/)[0] ?? ''
  return first.match(/\.[\w-]+/g)?.slice(0, 1) ?? []
}

const owners = new Map<string, Set<string>>()
const faults: string[] = []
for (const path of globSync('src/**/*.{css,scss}').sort()) {
  if (path.startsWith('src/ui/styles/gable.scss')) continue
  const source = readFileSync(path, 'utf8')
  const { css } = compileString(source, { syntax: 'scss', loadPaths: ['node_modules'] })
  for (const selector of selectors(css)) {
    const classes = firstClasses(selector)
    if (classes.length === 0 && ownerOf(path) !== shared) faults.push(`${path}: "${selector}" reaches every page`)
    for (const name of classes) owners.set(name, (owners.get(name) ?? new Set()).add(ownerOf(path)))
  }
}
for (const [name, sheets] of owners) {
  const foreign = name.startsWith('.nhsuk-') && [...sheets].some((sheet) => sheet !== shared)
  if (sheets.size > 1 || foreign) faults.push(`${name} is styled by ${[...sheets].join(' and by ')}`)
}
for (const fault of faults) process.stdout.write(`${fault}\n`)
process.exit(faults.length > 0 ? 1 : 0)
