import { screen, within } from '@testing-library/react'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { diaryVisitToFhir } from '#domain/diary/diary-fhir.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { dayFromToday } from '#test-support/clock.ts'
import { type OpenApp, openApp } from '#test-support/screens/open-app.tsx'

let app: OpenApp

const cancelled = (person: string, personName: string): ResourceWithId =>
  diaryVisitToFhir({
    ...{ id: `off-${person}`, person, personName, kind: 'diary-visit' },
    by: { reference: 'Practitioner/amina-yusuf', name: 'Amina Yusuf', voice: 'professional' },
    ...{ start: `${dayFromToday(1)}T09:00:00Z`, end: `${dayFromToday(1)}T09:30:00Z` },
    ...{ place: 'At home', state: 'cancelled', reason: 'Amina is on a course' },
  })
const noPhone: ResourceWithId[] = [
  {
    ...{ resourceType: 'Patient', id: 'no-phone', name: [{ family: 'Hill', given: ['Ann'] }] },
    generalPractitioner: [{ reference: 'Organization/brook-surgery' }],
  },
  {
    ...{ resourceType: 'EpisodeOfCare', id: 'case-no-phone', status: 'active' },
    patient: { reference: 'Patient/no-phone' },
    careManager: { reference: 'Practitioner/amina-yusuf' },
    managingOrganization: { reference: 'Organization/brook-surgery' },
  },
]

beforeAll(async () => {
  app = await openApp([
    ...noPhone,
    cancelled(graceId, 'Grace Okafor'),
    cancelled('no-phone', 'Ann Hill'),
  ])
})
afterAll(async () => await app.close())

const rowOf = async (name: string) => {
  const list = within(await screen.findByRole('region', { name: 'Nobody has told them yet' }))
  const row = (await list.findByRole('link', { name })).closest('li')
  if (!row) throw new Error(`${name} is in no row`)
  return within(row)
}
const isGrace = ({ path }: { path: string }) => path.endsWith(`/Patient/${graceId}`)

test('Of each one to ring there is the number, or that none is recorded', async () => {
  await app.open('/diary', 'amina')
  expect((await rowOf('Grace Okafor')).getByRole('link', { name: /^[\d ]+$|call/i })).toBeTruthy()
  expect((await rowOf('Ann Hill')).getByText(/No number recorded/)).toBeTruthy()
})

test('While the number is on its way, and if it does not come, the row says so; it can be asked again', async () => {
  app.failCalls('slow', isGrace)
  await app.begin('/diary')
  expect(await (await rowOf('Grace Okafor')).findByText(/Loading the phone number/)).toBeTruthy()
  app.failCalls(500, isGrace)
  await app.settled()
  const row = await rowOf('Grace Okafor')
  expect(row.getByText(/The phone number could not be loaded/)).toBeTruthy()
  app.restoreCalls()
  await app.user.click(row.getByRole('button', { name: 'Try again' }))
  await app.settled()
  expect(row.queryByText(/could not be loaded/)).toBeNull()
  expect(row.getByRole('link', { name: /^[\d ]+$|call/i })).toBeTruthy()
})
