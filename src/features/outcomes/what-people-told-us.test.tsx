import { screen, within } from '@testing-library/react'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoOrganisationRecords } from '#demo-data/organisations.ts'
import { gableCodeSystem } from '#domain/fhir/codes.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { afterToFhir } from '#domain/preparation/after-conversation.ts'
import { machineNow, minutesBefore } from '#test-support/clock.ts'
import { type OpenApp, openApp } from '#test-support/screens/open-app.tsx'

let app: OpenApp
const at = minutesBefore(machineNow(), 60).toISOString()

const told = (id: string, words: string): readonly ResourceWithId[] => [
  {
    ...{ resourceType: 'Patient', id, name: [{ family: `Family-${id}` }] },
    ...{ gender: 'female', birthDate: '1953-01-01' },
  },
  {
    ...{ resourceType: 'Communication', id: `review-${id}`, status: 'completed' },
    subject: { reference: `Patient/${id}` },
    sender: { reference: 'Practitioner/amina-yusuf' },
    category: [{ coding: [{ system: gableCodeSystem, code: 'review' }] }],
    ...{ sent: at, payload: [{ contentString: 'We talked' }] },
  },
  afterToFhir({
    ...{ person: id, review: `review-${id}`, talked: 'yes', decided: 'no', words, at },
    by: { reference: `Patient/${id}`, name: id, voice: 'person' },
    ...{ way: 'own', language: 'pl', mayShow: true },
  }),
]

beforeAll(async () => {
  app = await openApp([...demoOrganisationRecords(), ...told('Told1', 'Za późno zadzwonili')])
})
afterAll(async () => await app.close())

test('words that a person lets us show stand without a name, and are followed by what was changed', async () => {
  await app.open('/insight', 'ruth')
  const part = within(await screen.findByRole('region', { name: 'What people told us' }))
  expect(await part.findByText('Za późno zadzwonili')).toBeTruthy()
  expect(part.getByText(/Somebody who is cared for here, in Polish/)).toBeTruthy()
  expect(document.body.textContent).not.toMatch(/Family-/)
  await app.user.click(part.getByRole('button', { name: 'Write what we changed because of it' }))
  await app.user.click(part.getByRole('button', { name: 'Save' }))
  expect(part.getByText(/Say what was changed/)).toBeTruthy()
  await app.user.type(part.getByRole('textbox'), 'We ring before noon')
  await app.user.click(part.getByRole('button', { name: 'Save' }))
  expect(await part.findByText('We ring before noon')).toBeTruthy()
  await app.user.click(await part.findByRole('button', { name: 'Change what we wrote' }))
  const field = part.getByRole('textbox')
  await app.user.clear(field)
  await app.user.type(field, 'We ring before ten')
  await app.user.click(part.getByRole('button', { name: 'Save' }))
  expect(await part.findByText('What stood here before')).toBeTruthy()
})
