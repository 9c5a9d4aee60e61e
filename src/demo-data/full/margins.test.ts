import { describe, expect, test } from 'vitest'
import { drawLife, type Life } from '#demo-data/life.ts'
import { usualPopulation } from '#demo-data/population.ts'
import { randomFrom } from '#demo-data/random.ts'

const random = randomFrom(usualPopulation.seed)
const lives = Array.from({ length: 20_000 }, () =>
  drawLife(random, usualPopulation.asOf, { joint: true }),
)

const share = (among: readonly Life[], is: (life: Life) => boolean) =>
  among.filter(is).length / among.length
const mean = (among: readonly Life[], of: (life: Life) => number) =>
  among.reduce((sum, life) => sum + of(life), 0) / among.length
const has = (snomed: string) => (life: Life) =>
  life.conditions.some(({ row }) => row.snomed === snomed)
const fifth = (number: number) => lives.filter(({ deprivation }) => deprivation === number)
const aged = (from: number, to = 120) => lives.filter(({ age }) => age >= from && age <= to)
const emergencies = ({ stays }: Life) => stays.filter(({ emergency }) => emergency).length
const isOther = ({ name }: Life) => name.ethnicity[0] !== 'A'

/** Each margin beside its source. Where the draw is only roughly like it, the test says how roughly. */
describe('the population at full density', () => {
  test('is as old as England and Wales: 18.6 % of 65 and more, 17.4 % under 15, 51 % women (ONS, Census 2021)', () => {
    expect(share(lives, ({ age }) => age >= 65)).toBeCloseTo(0.186, 1.5)
    expect(share(lives, ({ age }) => age < 15)).toBeCloseTo(0.174, 1.5)
    expect(share(lives, ({ gender }) => gender === 'female')).toBeCloseTo(0.51, 1.5)
  })

  test('gives the costliest twentieth about half of the cost, twenty times as much as others each (Health Foundation 2019, working paper 7)', () => {
    const costs = lives.map(({ cost }) => cost).toSorted((one, other) => other - one)
    const top = costs.slice(0, costs.length / 20)
    const sum = (some: readonly number[]) => some.reduce((total, cost) => total + cost, 0)
    expect(sum(top) / sum(costs)).toBeGreaterThan(0.45)
    expect(sum(top) / sum(costs)).toBeLessThan(0.55)
    const times = sum(top) / top.length / (sum(costs.slice(top.length)) / (costs.length * 0.95))
    expect(times).toBeGreaterThan(16)
    expect(times).toBeLessThan(24)
  })

  test('has common conditions as often as general practice: hypertension 15.3 %, diabetes 6.5 %, heart disease 3.0 %, COPD 1.9 % (QOF, England; the last two up to twice)', () => {
    expect(share(lives, has('59621000'))).toBeCloseTo(0.153, 1.5)
    expect(share(lives, has('44054006'))).toBeCloseTo(0.065, 1.7)
    expect(share(lives, has('53741008'))).toBeGreaterThan(0.03)
    expect(share(lives, has('53741008'))).toBeLessThan(0.06)
    expect(share(lives, has('13645005'))).toBeGreaterThan(0.019)
    expect(share(lives, has('13645005'))).toBeLessThan(0.038)
  })

  test('has two conditions in one adult of four to three (Health Foundation 2018: one of four, of 36 conditions)', () => {
    const several = share(aged(18), ({ conditions }) => conditions.length >= 2)
    expect(several).toBeGreaterThan(0.22)
    expect(several).toBeLessThan(0.36)
  })

  test('has four conditions in the poorest fifth more often than in the richest: 28 against 16 % (Health Foundation 2018), 1.75 times', () => {
    const many = (number: number) =>
      share(
        fifth(number).filter(({ age }) => age >= 18),
        ({ conditions }) => conditions.length >= 4,
      )
    expect(many(1) / many(5)).toBeGreaterThan(1.4)
    expect(many(1) / many(5)).toBeLessThan(2.1)
  })

  test('is admitted as an emergency as often as England: 6.02 million stays in 2017/18 (Health Foundation), about 108 a 1,000', () => {
    const rate = mean(lives, emergencies) * 1_000
    expect(rate).toBeGreaterThan(80)
    expect(rate).toBeLessThan(135)
  })

  test('is admitted more often when poor, and in age: 1.4 times in the poorest fifth of 67 and more, five times as often as at 20 to 37 (NEW Devon, 765,861 people)', () => {
    const rate = (among: readonly Life[]) => mean(among, emergencies)
    expect(rate(fifth(1)) / rate(fifth(5))).toBeGreaterThan(1.2)
    expect(rate(fifth(1)) / rate(fifth(5))).toBeLessThan(2.2)
    expect(rate(aged(67)) / rate(aged(20, 37))).toBeGreaterThan(4)
  })

  test('is of other backgrounds more often where streets are poor and people young (Ethnicity facts and figures 2019; Census 2021); how much more is unverified', () => {
    expect(share(fifth(1), isOther)).toBeGreaterThan(1.5 * share(fifth(5), isOther))
    expect(share(aged(0, 29), isOther)).toBeGreaterThan(1.5 * share(aged(65), isOther))
  })

  test('takes more medicines and costs more with each condition; unverified how much', () => {
    const with3 = lives.filter(({ conditions }) => conditions.length === 3)
    const with6 = lives.filter(({ conditions }) => conditions.length === 6)
    expect(mean(with6, ({ medicines }) => medicines.length)).toBeGreaterThan(
      mean(with3, ({ medicines }) => medicines.length),
    )
    expect(mean(with6, ({ cost }) => cost)).toBeGreaterThan(1.5 * mean(with3, ({ cost }) => cost))
  })
})
