import { expect, test } from 'vitest'
import { amountTyped, hundredthsFrom } from './hundredths-from.ts'

test.each<[string, number | undefined]>([
  ['210', 21_000],
  ['210.5', 21_050],
  ['210.50', 21_050],
  ['210,50', 21_050],
  ['£ 1,210.50', 121_050],
  ['0', 0],
  ['0.01', 1],
  ['', undefined],
  ['ten', undefined],
  ['-3', undefined],
  ['1.234', undefined],
])('the amount “%s” is %s hundredths', (typed, hundredths) => {
  expect(hundredthsFrom(typed)).toBe(hundredths)
  if (hundredths !== undefined) expect(hundredthsFrom(amountTyped(hundredths))).toBe(hundredths)
})
