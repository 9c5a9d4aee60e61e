import { screen, within } from '@testing-library/react'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { dayFromToday } from '#test-support/clock.ts'
import { type OpenApp, openApp } from '#test-support/screens/open-app.tsx'

let app: OpenApp

const subject = (id: string) => ({ reference: `Patient/${id}` })
const person = (id: string, more: object = { birthDate: '1936-03-02' }): ResourceWithId => ({
  ...{ resourceType: 'Patient', id, ...more },
  name: [{ family: 'Hart', given: [id] }],
  generalPractitioner: [{ reference: 'Organization/brook-surgery' }],
})
const illness = (id: string, code: string, daysAgo?: number): ResourceWithId => ({
  ...{ resourceType: 'Condition', id: `${id}-${code}`, subject: subject(id) },
  code: { coding: [{ system: 'http://snomed.info/sct', code }] },
  ...(daysAgo === undefined ? {} : { onsetDateTime: dayFromToday(-daysAgo) }),
})
const [heartFailure, falls, arthritis] = ['84114007', '161898004', '396275006']

beforeAll(async () => {
  app = await openApp([
    person('Ida'),
    ...[illness('Ida', heartFailure, 900), illness('Ida', falls, 90)],
    illness('Ida', arthritis),
    person('Home'),
    illness('Home', heartFailure, 900),
    {
      ...{ resourceType: 'Encounter', id: 'home', status: 'finished', subject: subject('Home') },
      class: { code: 'IMP' },
      period: { start: `${dayFromToday(-12)}T10:00:00Z`, end: `${dayFromToday(-5)}T10:00:00Z` },
    },
    person('Nodate', {}),
    illness('Nodate', heartFailure, 900),
    person('Unread'),
    // five that cannot be read could make somebody frail
    ...[1, 2, 3, 4, 5].map((digit) => illness('Unread', `123456789${digit}`, 900)),
  ])
})
afterAll(async () => await app.close())

const card = (heading: string | RegExp) => {
  const found = screen.getByRole('heading', { name: heading }).closest('section')
  if (!found) throw new Error(`no card ${heading}`)
  return found
}
const part = (of: HTMLElement, name: string) =>
  within(of).getAllByText(name, { selector: 'dt' })[0]?.nextElementSibling?.textContent ?? ''

test('the head is a sentence, with the chance or why there is none, and who coordinates', async () => {
  await app.open('/people/Ida/score', 'amina')
  const head = card(/^3 difficulties that weigh, 1 new since /)
  expect(within(head).getByText('New: Falls')).toBeTruthy()
  expect(part(head, 'Chance of an emergency stay within a year')).toBe(
    'Cannot be counted: too few people here are like this',
  )
  expect(part(head, 'Coordinator')).toMatch(/^Nobody coordinates yet/)
  expect(within(head).getByRole('button', { name: 'Take on Ida Hart' })).toBeTruthy()
})

test('a score opens into plain names and what the last year added; codes and papers are one click behind', async () => {
  await app.open('/people/Ida/score', 'amina')
  const frailty = card('Frailty: 3 of 36')
  expect(part(frailty, 'Conditions')).toMatch(/Heart failure, since \w+ \d{4}/)
  expect(part(frailty, 'Conditions')).toContain('Arthritis, no date')
  expect(part(frailty, 'Added in the last year')).toBe('Falls')
  expect(within(frailty).getByText('Not counted in this score: age, use of care')).toBeTruthy()
  const code = within(frailty).getByText(new RegExp(heartFailure))
  expect(code.closest('details')?.open).toBe(false)
  expect(
    within(frailty)
      .getByText(/10.1093/)
      .closest('details'),
  ).toBe(code.closest('details'))
  const charlson = card('Charlson: 5')
  expect(part(charlson, 'Age')).toMatch(/^\d+ · 4 points$/)
  expect(part(charlson, 'Added in the last year')).toBe('Nothing with a date in the last year')
  const table = screen.getByRole('region', { name: 'How it went, as a table' })
  for (const name of ['Frailty count', 'Charlson', 'Chance in 100'])
    expect(within(table).getByRole('columnheader', { name }).className).toBe('gable-number')
})

test('what is not known is never a low score, and is said in words', async () => {
  await app.open('/people/Nodate/score', 'amina')
  expect(part(card('Charlson: at least 1'), 'Age')).toBe(
    'No birth date is recorded, so there are no points for age.',
  )
  expect(screen.getByText('Cannot be counted: no birth date is recorded')).toBeTruthy()
  const lace = screen.getByText(/^LACE/).closest('summary')?.textContent
  expect(lace).toMatch(/cannot be worked out, not on the record: a discharge from hospital$/)
  await app.open('/people/Unread/score', 'amina')
  expect(screen.getByRole('heading', { name: 'What weighs cannot be counted' })).toBeTruthy()
  expect(screen.getByText('Cannot be counted: some codes cannot be read')).toBeTruthy()
})

test('the chance by PARR-30 is also said in people of a hundred', async () => {
  await app.open('/people/Home/score', 'amina')
  const parr = screen.getAllByText(/^PARR-30/)[0]?.closest('summary')?.textContent
  expect(parr).toMatch(/0\.\d+(, | and 0\.\d+, from )\d+ in 100/)
})
