import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoOrganisationRecords } from '#demo-data/organisations.ts'
import { gableCodeSystem, gableUrl } from '#domain/fhir/codes.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { type OpenApp, openApp } from '#test-support/screens/open-app.tsx'

let app: OpenApp

const people = Array.from({ length: 91 }, (_, place) => place).flatMap(
  (place): readonly ResourceWithId[] => {
    const id = `Waits${place}`
    const [postcode, kind] = place < 61 ? ['ZZ3', 'need-social'] : ['ZZ4', 'need-health']
    return [
      {
        ...{ resourceType: 'Patient', id, name: [{ family: id }] },
        address: [{ postalCode: `${postcode} 1AA` }],
      },
      {
        ...{ resourceType: 'EpisodeOfCare', id: `case-${id}`, status: 'active' },
        patient: { reference: `Patient/${id}` },
        managingOrganization: { reference: 'Organization/brook-surgery' },
      },
      {
        ...{ resourceType: 'Condition', id: `need-${id}`, code: { text: 'A sitter at night' } },
        ...{ subject: { reference: `Patient/${id}` }, recordedDate: '2026-03-04' },
        category: [{ coding: [{ system: gableCodeSystem, code: kind }] }],
        extension: [{ url: gableUrl('unmet-need'), valueBoolean: true }],
      },
    ]
  },
)

beforeAll(async () => {
  app = await openApp([...demoOrganisationRecords(), ...people])
})
afterAll(async () => await app.close())

// 91 here and Grace, whose two needs are of one kind: rounded to the nearest five
test('a manager reads how many and where, and writes what was done', async () => {
  await app.open('/insight/unmet', 'ruth')
  expect(await screen.findByText('About 90 people wait for help that is not there.')).toBeTruthy()
  expect(screen.getByRole('row', { name: /Health ZZ4 30 March 2026/ })).toBeTruthy()
  const user = userEvent.setup()
  await user.click(screen.getByRole('button', { name: 'Write what was done' }))
  await user.click(screen.getByRole('button', { name: 'Save' }))
  expect(screen.getByText(/Say what was done/)).toBeTruthy()
  await user.selectOptions(screen.getByLabelText('Place'), 'ZZ3')
  await user.type(screen.getByLabelText('What was done'), 'Two sitters from January')
  await user.click(screen.getByRole('button', { name: 'Save' }))
  expect(await screen.findByText('Social care, ZZ3')).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'Change these words' }))
  const field = screen.getByLabelText('What was done')
  await user.clear(field)
  await user.type(field, 'Three sitters from January')
  await user.click(screen.getByRole('button', { name: 'Save' }))
  expect(await screen.findByText('What stood here before')).toBeTruthy()
  expect(screen.getByText(/Two sitters from January/)).toBeTruthy()
})

test('a nurse reads it, and writes nothing', async () => {
  await app.open('/insight/unmet', 'amina')
  expect(await screen.findByText('Three sitters from January')).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Write what was done' })).toBeNull()
})
