import { describe, expect, test } from 'vitest'
import type { ReadingKind } from './reading.ts'
import { typedAmount } from './typed-amount.ts'

describe('An amount as people say it', () => {
  test.each<[ReadingKind, string, string]>([
    ['weight', '12 st 4 lb', '78.0'],
    ['weight', '12st 4', '78.0'],
    ['weight', '172 lb', '78.0'],
    ['weight', '11 stone', '69.9'],
    ['weight', '68.40', '68.40'],
    ['weight', '68,4 kg', '68,4'],
    ['glucose', '120 mg/dL', '6.66'],
    ['glucose', '71.5 mg/dL', '3.97'],
    ['glucose', '72 mg/dL', '4'],
    ['glucose', '6.2 mmol/L', '6.2'],
    ['temperature', '98.6 °F', '37.0'],
    ['temperature', '37.2', '37.2'],
    ['temperature', '100.4F', '38.0'],
    ['height', '5 ft 5 in', '165.1'],
    ['height', '65 in', '165.1'],
    ['height', '1.65 m', '165.0'],
    ['blood-pressure', '16 kPa', '120.01'],
    ['peak-flow', '5.2 L/s', '312'],
    ['peak-flow', '320 L/min', '320'],
  ])('%s “%s” is kept as %s', (kind, text, digits) => {
    expect(typedAmount(kind, text)).toMatchObject({ is: 'amount', digits })
  })

  test.each<[ReadingKind, string, string]>([
    ['weight', '78 oz', 'oz'],
    ['weight', '12 st 4 kg', 'kg'],
    ['glucose', '6.2 mmol', 'mmol'],
    ['temperature', '310 K', 'K'],
    ['weight', '12/4', '/'],
  ])('%s “%s”: its unit is refused, never guessed', (kind, text, unit) => {
    expect(typedAmount(kind, text)).toEqual({ is: 'unknown-unit', unit })
  })

  test.each(['', 'abc', '12 kg 4', '1 2', '-3'])('“%s” is not a number', (text) => {
    expect(typedAmount('weight', text)).toEqual({ is: 'not-a-number' })
  })
})
