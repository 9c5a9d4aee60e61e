import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..', '..')
const linesOf = (page: string) =>
  readFileSync(join(root, page), 'utf8')
    .split('\n')
    .filter((line) => /^\| \d+ \|/.test(line))

/** `path`: "title"; "title" – the last cell of a row; a path without a title means the whole file. */
function guardsIn(line: string): readonly { path: string; title: string }[] {
  const cell = line.split('|').at(-2) ?? ''
  const parts = cell.matchAll(/`([^`]+)`|"([^"]+)"/g)
  const guards: { path: string; title: string }[] = []
  let path = ''
  for (const [, file, title] of parts) {
    if (file) path = file
    guards.push({ path, title: title ?? '' })
  }
  return guards
}

function textOf(path: string): string {
  const place = join(root, path)
  if (!existsSync(place)) return ''
  if (statSync(place).isFile()) return readFileSync(place, 'utf8')
  return readdirSync(place)
    .map((name) => readFileSync(join(place, name), 'utf8'))
    .join('\n')
}

test.each([
  ['hazard', 'docs/safety/hazard-log.md'],
  ['threat', 'docs/safety/threat-model.md'],
])('Each %s names a test that exists', (_kind, page) => {
  const lines = linesOf(page)
  expect(lines.length).toBeGreaterThan(10)
  const numbers = lines.map((line) => line.split('|')[1]?.trim())
  expect(numbers).toEqual([...new Set(numbers)])
  for (const line of lines) {
    const guards = guardsIn(line)
    expect(guards, line).not.toEqual([])
    for (const { path, title } of guards) {
      const text = textOf(path)
      expect(text, `${path} of: ${line}`).toMatch(/\btest(\.each\([^)]*\))?\(/)
      if (title) expect(text.includes(title), `"${title}" in ${path}`).toBe(true)
    }
  }
})
