import { screen, within } from '@testing-library/react'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { dayFromToday } from '#test-support/clock.ts'
import { type OpenApp, openApp } from '#test-support/screens/open-app.tsx'

let app: OpenApp

const subject = (id: string) => ({ reference: `Patient/${id}` })
/** 240 people with one condition; every fourth has had a stay since, the first 40 of them women. */
const people = Array.from({ length: 240 }, (_, place) => {
  const id = `Alike${String(place).padStart(3, '0')}`
  const stay: ResourceWithId = {
    ...{ resourceType: 'Encounter', id: `${id}-stay`, status: 'finished', subject: subject(id) },
    class: { code: 'IMP' },
    period: { start: `${dayFromToday(-200)}T10:00:00Z`, end: `${dayFromToday(-197)}T10:00:00Z` },
  }
  const person: ResourceWithId = {
    ...{ resourceType: 'Patient', id, birthDate: '1950-01-01' },
    gender: place < 160 ? 'female' : 'male',
    name: [{ family: id, given: ['Zoë'] }],
    generalPractitioner: [{ reference: 'Organization/brook-surgery' }],
  }
  const condition: ResourceWithId = {
    ...{ resourceType: 'Condition', id: `${id}-copd`, subject: subject(id) },
    code: { coding: [{ system: 'http://snomed.info/sct', code: '13645005' }] },
  }
  return [person, condition, ...(place % 4 === 0 ? [stay] : [])]
}).flat()

beforeAll(async () => {
  app = await openApp(people)
})
afterAll(async () => await app.close())

const step = (name: RegExp) => within(screen.getByRole('region', { name }))

test('the page argues in numbered sentences, each with its proof and its table', async () => {
  await app.open('/find/population', 'amina')
  expect(screen.getByRole('heading', { level: 1 }).textContent).toMatch(/^Of 24\d people/)
  expect(
    screen.getByRole('img', { name: /One in twenty people had \d+% of the nights/ }),
  ).toBeTruthy()
  expect(screen.getByRole('img', { name: /The pyramid: \d+ people very high/ })).toBeTruthy()
  expect(step(/How far can we trust this/).getByText(/next year will be the same/)).toBeTruthy()
  for (const name of [/carry much of the need/, /not one group/])
    expect(step(name).getByText('As a table')).toBeTruthy()
  expect(step(/Is that fair/).getByText(/Nobody is above the line/)).toBeTruthy()
  expect(step(/Is that fair/).queryByText('As a table'), 'nothing is compared').toBeNull()
  expect(step(/Who is missing/).getAllByRole('heading', { level: 3 }).length).toBeGreaterThan(2)
})

test('places that are tried move the line and what is fair, and nothing is saved', async () => {
  await app.open('/find/population?places=2', 'amina')
  expect(screen.getByText('If we had 2 free places')).toBeTruthy()
  await app.user.click(screen.getByRole('button', { name: 'More places' }))
  await app.settled()
  expect(screen.getByText(/, 3 people above the line/)).toBeTruthy()
  expect(step(/Is that fair/).getByText(/The 3 people above the line/)).toBeTruthy()
  await app.user.click(screen.getByRole('button', { name: 'Stop trying' }))
  await app.settled()
  expect(screen.getByText('How many places we have is not known yet')).toBeTruthy()
})

test('places of a coordinator are kept with who entered them; other than whole numbers are refused', async () => {
  await app.open('/find/population', 'ruth')
  const field = screen.getByLabelText('Places of Amina Yusuf')
  await app.user.type(field, 'many')
  await app.user.click(screen.getByRole('button', { name: /the places of Amina Yusuf/ }))
  expect(screen.getByText('Enter a whole number from 0 to 500')).toBeTruthy()
  await app.user.clear(field)
  await app.user.type(field, '12')
  await app.user.click(screen.getByRole('button', { name: /the places of Amina Yusuf/ }))
  await app.settled()
  expect(screen.getByText(/entered by Ruth Adler/)).toBeTruthy()
  expect(screen.getByRole('heading', { name: 'We have 10 free places now' })).toBeTruthy()
  expect(screen.queryByText('Entered before')).toBeNull()
  await app.user.clear(screen.getByLabelText('Places of Amina Yusuf'))
  await app.user.type(screen.getByLabelText('Places of Amina Yusuf'), '22')
  await app.user.click(screen.getByRole('button', { name: /the places of Amina Yusuf/ }))
  await app.settled()
  await app.user.click(screen.getByText('Entered before'))
  expect(screen.getByText(/^12 places, entered by Ruth Adler on/)).toBeTruthy()
})

test('a line that a manager tries has no table of groups, and says why', async () => {
  await app.open('/find/population', 'ruth')
  const fair = () => step(/Is that fair/)
  expect(fair().getByText('As a table')).toBeTruthy()
  await app.user.click(screen.getByRole('button', { name: 'Fewer places' }))
  await app.settled()
  expect(fair().getByText(/You are trying this line/)).toBeTruthy()
  expect(fair().queryByText('As a table')).toBeNull()
})

test('a manager sees no name: pseudonyms beside the line, and numbers by fives', async () => {
  await app.open('/find/population', 'ruth')
  expect(screen.queryByText(/Zoë/)).toBeNull()
  const below = within(screen.getByRole('region', { name: 'Just below the line' }))
  for (const row of below.getAllByRole('listitem')) expect(row.textContent).toMatch(/^·[A-Z2-9]{6}/)
  expect(screen.getByText(/rounded to the nearest five/)).toBeTruthy()
  const fair = step(/Is that fair/)
  expect(fair.getByText(/No number under five is shown/)).toBeTruthy()
  await app.user.click(screen.getByRole('button', { name: 'Fewer places' }))
  await app.settled()
  expect(screen.queryByRole('region', { name: 'Just below the line' })).toBeNull()
  expect(screen.getByText(/You are trying this\./)).toBeTruthy()
  expect(
    step(/Is that fair/).getByText(/compared only at the line of your free places/),
  ).toBeTruthy()
})

test('of few people nothing is said, and without a network the page says so', async () => {
  await app.open('/find/population', 'karen')
  expect(screen.getByText('Too few people to say anything')).toBeTruthy()
  app.failCalls('offline', ({ path }) => path.includes('$population'))
  await app.open('/find/population', 'amina')
  expect(screen.getByText(/No internet connection|could not be loaded/)).toBeTruthy()
  app.restoreCalls()
})
