import { screen, within } from '@testing-library/react'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { dayFromToday } from '#test-support/clock.ts'
import { type OpenApp, openApp } from '#test-support/screens/open-app.tsx'

let app: OpenApp

const subject = (id: string) => ({ reference: `Patient/${id}` })
const stay = (id: string, from: number): ResourceWithId => ({
  ...{ resourceType: 'Encounter', id: `${id}${from}`, status: 'finished', subject: subject(id) },
  class: { code: 'IMP' },
  period: { start: `${dayFromToday(from)}T10:00:00Z`, end: `${dayFromToday(from + 2)}T10:00:00Z` },
})
/** Everybody was in hospital a year ago. Of 120 who were taken on 90 came back, of 120 others 30. */
const people = Array.from({ length: 240 }, (_, place) => {
  const id = `Alike${String(place).padStart(3, '0')}`
  const isTaken = place < 120
  const cameBack = isTaken ? place < 90 : place % 4 === 0
  const person: ResourceWithId = {
    ...{ resourceType: 'Patient', id, birthDate: '1950-01-01', gender: 'female' },
    name: [{ family: id, given: ['Zoë'] }],
    generalPractitioner: [{ reference: 'Organization/brook-surgery' }],
  }
  const condition: ResourceWithId = {
    ...{ resourceType: 'Condition', id: `${id}-copd`, subject: subject(id) },
    code: { coding: [{ system: 'http://snomed.info/sct', code: '13645005' }] },
  }
  const episode: ResourceWithId = {
    ...{ resourceType: 'EpisodeOfCare', id: `${id}-case`, status: 'active', patient: subject(id) },
    managingOrganization: { reference: 'Organization/brook-surgery' },
    period: { start: `${dayFromToday(-300)}T09:00:00Z` },
  }
  return [
    ...[person, condition, stay(id, -350)],
    ...(isTaken ? [episode] : []),
    ...(cameBack ? [stay(id, -250)] : []),
  ]
}).flat()

beforeAll(async () => {
  app = await openApp(people)
})
afterAll(async () => await app.close())

const row = (name: string) => {
  const item = screen.getByRole('heading', { name }).closest('li')
  if (!item) throw new Error(`There is no ${name}`)
  return within(item)
}

test('harm is told in the same words and size as gain, with its interval', async () => {
  await app.open('/insight/evaluation', 'amina')
  expect(screen.getByText(/^No\. Something happened more often to them/)).toBeTruthy()
  const stays = row('Emergency stays in hospital')
  expect(stays.getByText('More than people like them')).toBeTruthy()
  expect(stays.getByText(/^75 of 100 whom we took on, and 25 of 100/)).toBeTruthy()
  expect(stays.getByText(/In the half year before: 100 and 100/)).toBeTruthy()
  // 50 ± 1.96 × 100 × √((0.75 × 0.25 + 0.25 × 0.75) ÷ 120), a little less as the pairs stand
  expect(
    stays.getByRole('img', {
      name: /^Difference of 100 people: \+50; .* from \+39\.1 to \+60\.9$/,
    }),
  ).toBeTruthy()
  expect(row('People who died').getByText('No difference that we can tell')).toBeTruthy()
  expect(screen.getByRole('table', { name: /in standard deviations/ })).toBeTruthy()
  expect(screen.getByRole('heading', { name: 'What this cannot say' })).toBeTruthy()
})

test('of too few pairs nothing is said but how many they are', async () => {
  await app.open('/insight/evaluation', 'karen')
  expect(screen.getByText('Too few pairs to say anything')).toBeTruthy()
  expect(screen.getByText(/It takes 100 pairs before we say anything/)).toBeTruthy()
})
