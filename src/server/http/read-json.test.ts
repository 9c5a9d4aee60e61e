import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { FhirProblem } from '#server/problem.ts'
import { parseJson, readJson } from './read-json.ts'

/** Long enough to be parsed in parts. */
const filler = Array.from({ length: 3_000 }, (_, at) => ({ resource: { id: `r${at}`, n: at / 7 } }))
const bundle = (more: object = {}) =>
  JSON.stringify({ resourceType: 'Bundle', type: 'batch', entry: filler, ...more })

const problemOf = async (text: string) =>
  await readJson(text).then(
    () => undefined,
    ({ status, code, message }: FhirProblem) => ({ status, code, message }),
  )

test('a long text parses to the same value as with JSON.parse', async () => {
  const some = fc.jsonValue({ maxDepth: 6 })
  await fc.assert(
    fc.asyncProperty(some, fc.array(some), async (value, list) => {
      const text = JSON.stringify({ value, entry: filler, list, resourceType: 'Bundle' }, null, 1)
      expect(await readJson(text)).toStrictEqual(JSON.parse(text))
    }),
    { numRuns: 40 },
  )
})

test('the last of duplicate names counts, and __proto__ is an ordinary name', async () => {
  const long = JSON.stringify(filler)
  for (const text of [
    `{"resourceType":"Bundle","entry":[1],"entry":${long}}`,
    `{"resourceType":"Bundle","entry":${long},"entry":[]}`,
    `{"resourceType":"Bundle","entry":${long},"entry":5}`,
    `{"resourceType":"Bundle","__proto__":[{"a":1}],"entry":${long}}`,
    `[${long},{"entry":[1]}]`,
  ])
    expect(await readJson(text)).toStrictEqual(JSON.parse(text))
})

test.each([
  ['the text ends early', (text: string) => text.slice(0, -2)],
  ['text after the end', (text: string) => `${text} x`],
  ['an extra comma', (text: string) => text.replace(/\}\]/, '},]')],
  ['a letter in a number', (text: string) => `${text.slice(0, -1)},"n":1a}`],
  ['an invalid escape', (text: string) => `${text.slice(0, -1)},"n":"\\x"}`],
  ['a name without a value', (text: string) => `${text.slice(0, -1)},"n"}`],
])(
  'a syntax error is reported with its line and column in long and short texts: %s',
  async (_, broken) => {
    const long = broken(bundle())
    const short = broken('{"entry":[{"a":1}]}')
    expect(() => JSON.parse(long)).toThrow()
    const found = await problemOf(long)
    expect(found).toMatchObject({ status: 400, code: 'structure' })
    expect(found?.message).toMatch(/^The body is not JSON: line 1, column \d+$/)
    expect(() => parseJson(short)).toThrow(/^The body is not JSON: line 1, column \d+$/)
  },
)

test.each([
  ['members of one object', `{"resourceType":"Patient",${many(60_000, (at) => `"x${at}":1`)}}`],
  [
    'members deep inside',
    `{"resourceType":"Bundle","entry":[{"a":{${many(20_000, (at) => `"x${at}":1`)}}}]}`,
  ],
  ['values of one record', `{"resourceType":"Patient","extension":[${many(60_000, () => '{}')}]}`],
  ['values of one entry', `{"resourceType":"Bundle","entry":[[${many(60_000, () => '1')}]]}`],
  [
    'values beside the entries',
    `{"resourceType":"Bundle","entry":[],"x":{"y":[${many(60_000, () => '1')}]}}`,
  ],
  ['entries', `{"resourceType":"Bundle","entry":[${many(60_000, () => '{}')}]}`],
])('too many %s are refused before they are parsed', async (_, text) => {
  expect(await problemOf(text)).toMatchObject({ status: 413, code: 'too-long' })
})

const letters = (count: number) => 'x'.repeat(count)
const inBundle = (member: string, text: string) =>
  `{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Binary","${member}":"${text}"}}]}`

test.each([
  ['a text', inBundle('note', letters(1_048_577))],
  ['a text of escapes', inBundle('note', '\\n'.repeat(600_000))],
  ['a name', inBundle(letters(1_048_577), 'x')],
  ['a text in a list named data', `{"a":{"data":["${letters(1_048_577)}"]}}`],
  ['a file', inBundle('data', letters(16_000_001))],
])('%s that is too long is refused before it is parsed', async (_, text) => {
  expect(await problemOf(text)).toEqual({
    status: 413,
    code: 'too-long',
    message: 'A text may have at most 1048576 characters, a file in "data" 16000000',
  })
})

test.each([
  ['a text', inBundle('note', letters(1_048_576))],
  ['a file', inBundle('data', letters(15_999_999))],
])('%s of the maximum length is accepted', async (_, text) => {
  expect(await problemOf(text)).toBeUndefined()
})

test('a long text nested too deep, or only of blank lines, is refused', async () => {
  expect(await problemOf('['.repeat(2_000_000))).toMatchObject({ status: 400 })
  expect(await problemOf('\n'.repeat(2_000_000))).toMatchObject({ status: 400 })
})

test('other requests are served while millions of characters are parsed', async () => {
  const text = `[${many(1_500_000, () => '"nothing"')}`
  const started = performance.now()
  let last = started
  let longest = 0
  const beat = setInterval(() => {
    longest = Math.max(longest, performance.now() - last)
    last = performance.now()
  })
  expect(await problemOf(text)).toMatchObject({ status: 400 })
  clearInterval(beat)
  const whole = performance.now() - started
  expect(longest).toBeGreaterThan(0)
  expect(longest).toBeLessThan(Math.max(whole / 3, 100))
})

function many(count: number, one: (at: number) => string): string {
  return Array.from({ length: count }, (_, at) => one(at)).join(',')
}
