import { globSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type UnverifiedKind, unverifiedKinds } from '#domain/record/unverified.ts'
import { drawn } from '#test-support/drawn.ts'
import { UnverifiedMark } from './unverified-mark.tsx'

const files = globSync('src/{app,client,domain,features}/**/*.{ts,tsx}').filter(
  (file) => !/\.test\.|\/unverified\.ts$/.test(file),
)
const text = new Map(files.map((file) => [file, readFileSync(file, 'utf8')]))
const tagged =
  /\/\*\*((?:(?!\*\/)[\s\S])*?@unverified[\s\S]*?)\*\/\s*export (?:const|function|type) (\w+)/g

/** Each name in the code that carries `@unverified`, with its kind. */
const unverified = [...text].flatMap(([file, code]) =>
  [...code.matchAll(tagged)].map(([, comment = '', name = '']) => ({
    ...{ file, name },
    kind: /@unverified ([a-z0-9-]+)/.exec(comment)?.[1] as UnverifiedKind,
  })),
)

/** Uses that show it nowhere themselves: where the mark is instead, or what says it in a person’s words. */
const shownBy: Readonly<Record<string, Readonly<{ in: string; says?: string }>>> = {
  'src/features/review/use-review-draft.ts': { in: 'src/features/review/review-form.tsx' },
  'src/features/parts/today-reason.tsx': { in: 'src/features/today/today-group.tsx' },
  'src/features/case-finding/worklist/row-reasons.tsx': {
    in: 'src/features/case-finding/find-page.tsx',
  },
  'src/features/case-finding/filters/find-filters.tsx': {
    in: 'src/features/case-finding/find-page.tsx',
  },
  'src/features/case-finding/filters/who-is-missing.tsx': {
    in: 'src/features/case-finding/find-page.tsx',
  },
  'src/features/case-finding/saved-lists/list-elsewhere-notice.tsx': {
    in: 'src/features/case-finding/find-page.tsx',
  },
  'src/features/admin/insight/change-answer-rule.tsx': {
    in: 'src/features/admin/insight/answer-rule-board.tsx',
  },
  'src/features/case-finding/record-score.tsx': { in: 'src/features/case-finding/score-page.tsx' },
  'src/features/parts/messages/urgent-note.tsx': {
    in: 'src/features/parts/messages/urgent-note.tsx',
    says: 'No doctor or nurse has checked our list',
  },
  'src/features/patient-portal/suggestions/my-template-items.tsx': {
    in: 'src/features/patient-portal/suggestions/my-template-items.tsx',
    says: 'No doctor or nurse has checked this idea yet',
  },
  // the person’s own pages, in their words
  'src/features/record/record-section.tsx': {
    in: 'src/features/record/my-record-page.tsx',
    says: 'No doctor or',
  },
  'src/features/record/result-section.tsx': {
    in: 'src/features/record/my-record-page.tsx',
    says: 'No doctor or',
  },
  'src/features/preparation/my-prepare-page.tsx': {
    in: 'src/features/preparation/my-prepare-page.tsx',
    says: 'No doctor or nurse has checked them yet',
  },
  'src/features/parts/conversation/visit-line.tsx': {
    in: 'src/features/parts/conversation/visits.tsx',
    says: 'No doctor or nurse has checked them yet',
  },
  'src/features/parts/record/result-text.tsx': {
    in: 'src/features/preparation/my-prepare-page.tsx',
    says: 'No doctor or nurse has checked them yet',
  },
}

/** The one page shows the words of the record alone. */
const codedAlone = ['src/features/record/summary-page.tsx']
/** The tables of words: marked where they are shown. */
const tables = /\/(condition|medicine|result)-words\.ts$/

const uses = unverified.flatMap(({ name, kind }) =>
  [...text]
    .filter(([file]) => /^src\/(features|app)\//.test(file) && !tables.test(file))
    .filter(([file]) => !codedAlone.includes(file))
    .filter(([, code]) => new RegExp(`import[^;]*?\\b${name}\\b[^;]*?from '`).test(imports(code)))
    .map(([file]) => ({ file, name, kind })),
)

function imports(code: string): string {
  return (code.match(/^import [\s\S]*?from '[^']*'$/gm) ?? []).join(';\n')
}

describe('What no clinician has checked', () => {
  test('is of a known kind, and each kind is used', () => {
    expect(new Set(unverified.map(({ kind }) => kind))).toEqual(new Set(unverifiedKinds))
    expect(uses.length).toBeGreaterThan(10)
  })

  test('carries the tag wherever a comment calls it unverified', () => {
    const told = [...text].filter(
      ([file, code]) =>
        file.startsWith('src/domain/') && /unverified by|no clinician has/i.test(code),
    )
    const known = ['plain-condition.ts', 'plain-result.ts', 'medicine-use.ts', 'unverified.ts']
    expect(
      told.map(([file]) => file).filter((file) => !known.some((each) => file.endsWith(each))),
    ).toEqual([])
  })

  test.each(uses)('$kind is marked where $file shows $name', ({ file, kind }) => {
    const { in: place, says = `<UnverifiedMark what="${kind}"` } = shownBy[file] ?? { in: file }
    expect(text.get(place)).toContain(says)
  })

  test.each(unverifiedKinds)('of the kind %s says so in words', (kind) => {
    expect(drawn(<UnverifiedMark what={kind} />)).toMatch(/checked|reviewed/)
  })
})
