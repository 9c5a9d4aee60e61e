import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { escaped, unescapedHl7, usualSigns } from './escape.ts'
import { type Message, parseMessage, printMessage, repetitionsOf, textAt } from './message.ts'
import { momentOf } from './moment.ts'

const head = 'MSH|^~\\&|PAS|STANNE|GABLE|GABLE|20260302090000||ADT^A01|1|P|2.5'
const parsed = (text: string): Message => {
  const message = parseMessage(text)
  if ('fault' in message) throw new Error(message.fault)
  return message
}

describe('a message', () => {
  test.each([
    ['ends its lines with CR', '\r'],
    ['ends its lines with LF', '\n'],
    ['ends its lines with both', '\r\n'],
  ])('is read when it %s', (_title, end) => {
    const message = parsed(`${head}${end}PID|1||1^^^A~2^^^B&C${end}`)
    expect(message.segments.map(({ name }) => name)).toEqual(['MSH', 'PID'])
    expect(textAt(message, 'MSH', 10)).toBe('1')
    expect(repetitionsOf(message, 'PID', 3).map((each) => each[3])).toEqual([['A'], ['B', 'C']])
  })

  test('is read in an MLLP frame', () => {
    expect(textAt(parsed(`\u000b${head}\r\u001c\r`), 'MSH', 12)).toBe('2.5')
  })

  test('is read with the delimiters that its header declares', () => {
    const message = parsed('MSH#*!?@#PAS#STANNE#####ADT*A08##7\rPID#1##9*@x?F?y')
    expect(textAt(message, 'MSH', 9, 2)).toBe('A08')
    expect(repetitionsOf(message, 'PID', 3)).toEqual([[['9'], ['', 'x#y']]])
  })

  test('has no value in a field sent as ""', () => {
    expect(textAt(parsed(`${head}\rPV1||I|""`), 'PV1', 3)).toBe('')
  })

  test.each([
    ['nothing', '', 'no-header'],
    ['other text', 'PID|1', 'no-header'],
    ['a file', 'FHS|^~\\&|\rBHS|^~\\&|', 'batch'],
    ['a batch', 'BHS|^~\\&|', 'batch'],
    ['two messages', `${head}\r${head}`, 'batch'],
    ['the same delimiter twice', 'MSH|^^\\&|', 'signs'],
    ['a letter for a delimiter', 'MSH|A~\\&|', 'signs'],
    ['no delimiters', 'MSH|', 'signs'],
    ['a line that is not a segment', `${head}\rhello`, 'segment-name'],
  ])('with %s cannot be read', (_title, text, fault) => {
    expect(parseMessage(text)).toEqual({ fault })
  })
})

describe('an escape sequence', () => {
  test.each([
    ['a\\F\\b', 'a|b'],
    ['\\S\\\\T\\\\R\\\\E\\', '^&~\\'],
    ['one\\.br\\two', 'one\ntwo'],
    ['\\X41E9\\', 'Aé'],
    ['\\H\\loud\\N\\', 'loud'],
    ['\\Zown\\', '\\Zown\\'],
    ['50\\', '50\\'],
    ['plain', 'plain'],
  ])('%s is unescaped', (text, plain) => {
    expect(unescapedHl7(text, usualSigns)).toBe(plain)
  })

  test('of any text gives the same text when it is unescaped', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const written = escaped(text, usualSigns)
        expect(written).not.toMatch(/[|^~&\r\n]/)
        expect(unescapedHl7(written, usualSigns)).toBe(text)
      }),
    )
  })
})

describe('a printed message', () => {
  const leaf = fc.string({ unit: 'grapheme', maxLength: 8 })
  const list = <T>(of: fc.Arbitrary<T>) => fc.array(of, { minLength: 1, maxLength: 3 })
  const value = list(list(list(leaf)))
  const name = fc.constantFrom('EVN', 'PID', 'PV1', 'ZZ9')
  const segment = fc.record({ name, fields: fc.array(value, { minLength: 1, maxLength: 6 }) })
  const signs = fc
    .shuffledSubarray([...'|^~\\&#!?@*+%'], { minLength: 5, maxLength: 5 })
    .map(([field = '', component = '', repetition = '', quoting = '', subcomponent = '']) => ({
      ...{ field, component, repetition, escape: quoting, subcomponent },
    }))
  const message = fc
    .record({ signs, body: fc.array(segment, { maxLength: 4 }), rest: fc.array(value) })
    .map(({ signs: made, body, rest }): Message => {
      const declared = `${made.component}${made.repetition}${made.escape}${made.subcomponent}`
      return {
        signs: made,
        segments: [{ name: 'MSH', fields: [[[[declared]]], ...rest] }, ...body],
      }
    })

  test('is read back the same, whatever it holds', () => {
    fc.assert(
      fc.property(message, (made) => {
        expect(parseMessage(printMessage(made))).toEqual(made)
      }),
      { numRuns: 500 },
    )
  })
})

describe('a time', () => {
  test.each([
    ['in winter, in local time', '202603021405', '2026-03-02T14:05:00.000Z'],
    ['in summer, in local time', '20260702140530', '2026-07-02T13:05:30.000Z'],
    ['just before the clocks go forward', '20260329005900', '2026-03-29T00:59:00.000Z'],
    ['just after the clocks went forward', '20260329020000', '2026-03-29T01:00:00.000Z'],
    ['with its own offset', '20260302140500.25+0100', '2026-03-02T13:05:00.250Z'],
    ['behind Greenwich', '202603021405-0330', '2026-03-02T17:35:00.000Z'],
    ['with only a day', '20260302', '2026-03-02'],
    ['with only a month', '202603', '2026-03'],
    ['with a day that does not exist', '20260230', undefined],
    ['with an hour that does not exist', '202603022505', undefined],
    ['in words', 'yesterday', undefined],
    ['that is absent', '', undefined],
  ])('%s', (_title, text, expected) => {
    expect(momentOf(text, 'Europe/London')).toBe(expected)
  })
})
