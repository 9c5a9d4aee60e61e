import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mergeJson } from '#domain/merge/merge-json.ts'
import { conflictText } from '#domain/sync/conflict-text.ts'
import { copyOf, exactJson, numbersOf, readExactly } from './digits.ts'
import { keepDigits } from './keep-digits.ts'

const figures = (most: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: most })
    .map((all) => all.join(''))

/** Every form of JSON number, of up to 25 digits. */
const literal = fc
  .tuple(
    fc.constantFrom('', '-'),
    fc.oneof(
      fc.constant('0'),
      figures(12).map((all) => `1${all}`),
    ),
    fc.option(figures(12), { nil: undefined }),
    fc.option(fc.tuple(fc.constantFrom('e', 'E', 'e+', 'e-'), fc.integer({ min: 0, max: 99 })), {
      nil: undefined,
    }),
  )
  .map(([sign, whole, fraction, exponent]) =>
    [sign, whole, fraction === undefined ? '' : `.${fraction}`, ...(exponent ?? [])].join(''),
  )

describe('The digits of a number', () => {
  test('stay byte for byte, whatever is done with the rest of the record', () => {
    fc.assert(
      fc.property(literal, literal, fc.string(), (one, other, words) => {
        const text = `{"a":{"value":${one},"text":${JSON.stringify(words)}},"list":[${other},{"b":${one}}]}`
        const read = readExactly(text) as Record<string, object>
        expect(exactJson(read)).toBe(text)
        expect(exactJson(copyOf(read))).toBe(text)
        expect(exactJson({ ...read, a: { ...read['a'] } })).toBe(text)
        expect(JSON.stringify(read)).toBe(JSON.stringify(JSON.parse(text)))
      }),
      { seed: 25, numRuns: 1_000 },
    )
  })

  test('are restored where a client has cut them, and only there', () => {
    fc.assert(
      fc.property(literal, literal, (one, other) => {
        const text = `{"a":{"value":${one}},"list":[{"code":"x","b":${other}},{"code":"y","b":${one}}]}`
        const kept = keepDigits(JSON.parse(text), readExactly(text))
        expect(exactJson(kept)).toBe(text)
      }),
      { seed: 25, numRuns: 500 },
    )
  })

  test.each([
    ['the value has changed', '{"a":2.5}', '{"a":1.50}', '{"a":2.5}'],
    ['other digits are sent', '{"a":1.500}', '{"a":1.50}', '{"a":1.500}'],
    ['the place had no value before', '{"b":1.5}', '{"a":1.50}', '{"b":1.5}'],
    [
      'a list is reversed',
      '[{"a":2},{"a":1.5}]',
      '[{"a":1.50},{"a":2.0}]',
      '[{"a":2.0},{"a":1.50}]',
    ],
    [
      'an entry with the same number is added before',
      '[{"id":"n","a":1.5},{"id":"o","a":1.5}]',
      '[{"id":"o","a":1.50}]',
      '[{"id":"n","a":1.5},{"id":"o","a":1.50}]',
    ],
    ['numbers of a list move', '[7,1.5]', '[1.50,7]', '[7,1.50]'],
    ['a number becomes a string', '{"a":"1.5"}', '{"a":1.50}', '{"a":"1.5"}'],
  ])('are compared place by place: %s', (_title, after, before, kept) => {
    expect(exactJson(keepDigits(readExactly(after), readExactly(before)))).toBe(kept)
  })

  test('are dropped when their number changes', () => {
    const read = readExactly('{"value":1.50,"unit":"mg"}') as { value: number }
    expect(exactJson({ ...read, value: 2 })).toBe('{"value":2,"unit":"mg"}')
    expect(exactJson({ ...read, value: 1.5 })).toBe('{"value":1.50,"unit":"mg"}')
  })

  test('move with their numbers to other field names and are shown in conflicts', () => {
    const read = readExactly('{"a":{"low":1.50},"b":{"high":2.0,"days":3}}') as Record<
      string,
      object
    >
    const moved = numbersOf({
      from: [read['a'], 'low'],
      to: [read['b'], 'high'],
      in: [read['b'], 'days'],
    })
    expect(exactJson({ ...moved })).toBe('{"from":1.50,"to":2.0,"in":3}')
    expect(conflictText(readExactly('[{"value":1.50,"unit":"mg"},2.0]'))).toBe('1.50, mg, 2.0')
  })

  test('are no conflict when two versions merge', () => {
    const side = (more: string) =>
      readExactly(`{"value":{"value":1.50,"unit":"mg"}${more}}`) as object
    const cut = (more: string) => JSON.parse(`{"value":{"value":1.5,"unit":"mg"}${more}}`) as object
    const { merged, twice } = mergeJson({
      base: side(''),
      mine: cut(',"a":1'),
      theirs: side(',"b":2'),
    })
    expect(twice).toEqual([])
    expect(exactJson(merged)).toBe('{"value":{"value":1.50,"unit":"mg"},"b":2,"a":1}')
  })

  test('of a number that JavaScript cannot hold make it NaN, quickly even for many numbers', () => {
    const many = `{"a":[${Array.from({ length: 50_000 }, () => '1.50').join(',')}],"b":1e400,"c":1e-400}`
    const read = readExactly(many) as { b: number; c: number }
    expect([read.b, read.c]).toEqual([Number.NaN, Number.NaN])
    const started = performance.now()
    const kept = keepDigits(JSON.parse(many.replaceAll('e400', '')), read)
    expect(exactJson(kept)).toContain('[1.50,1.50,')
    expect(performance.now() - started).toBeLessThan(2_000)
  })
})
