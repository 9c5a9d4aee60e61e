import { expect, test } from 'vitest'
import type { Essentials } from '#domain/plan/worse/essentials.ts'
import { forSheet } from './for-sheet.ts'

const essentials = (more: Partial<Essentials> = {}): Essentials => ({
  ...{ name: 'Grace Okafor', birthDate: '1934-01-04', communication: 'Slowly', matters: 'Home' },
  ...{
    illnesses: [],
    circumstances: [],
    medicines: ['Apixaban'],
    situations: [],
    crisis: [],
    nextOfKin: [],
  },
  ...{ allergies: { known: true, list: [] }, carersIll: [], wishes: [], documents: [] },
  wholePlan: { coordinator: '', organisation: '', phone: '' },
  ...more,
})
const many = (count: number) => Array.from({ length: count }, (_, at) => `Medicine ${at}`)

test('a card that fits is left as it is', () => {
  expect(forSheet(essentials())).toEqual({
    essentials: essentials(),
    left: {},
    isFull: false,
    isCut: false,
  })
})

test('a long list says how many more there are', () => {
  const { essentials: sheet, left, isCut } = forSheet(essentials({ medicines: many(17) }))
  expect(sheet.medicines).toEqual(many(14))
  expect(left).toEqual({ medicines: 3 })
  expect(isCut).toBe(false)
})

test('a long text is cut after a whole word, and the card says so', () => {
  const words = 'word '.repeat(200)
  const { essentials: sheet, isCut } = forSheet(
    essentials({ matters: words, wishes: [{ part: 'place', words }] }),
  )
  expect(sheet.matters).toMatch(/^(word )+…$/)
  expect(sheet.wishes[0]?.words).toBe(sheet.matters)
  expect(isCut).toBe(true)
})

test('a long address of a home is cut like any other text, and says so', () => {
  const { essentials: sheet, isCut } = forSheet(essentials({ livesAt: 'Long Lane '.repeat(200) }))
  expect(sheet.livesAt?.endsWith('…')).toBe(true)
  expect(isCut).toBe(true)
})

test('a card with long lists is printed in smaller letters, so that it stays one sheet', () => {
  const list = many(8)
  expect(forSheet(essentials({ medicines: many(20) })).isFull).toBe(false)
  const full = { medicines: many(20), allergies: { known: true, list } }
  expect(forSheet(essentials(full)).isFull).toBe(true)
})
