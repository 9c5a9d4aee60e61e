import { screen, within } from '@testing-library/react'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { type OpenApp, openApp } from '#test-support/screens/open-app.tsx'

let app: OpenApp
const about = { reference: 'Patient/rahima' }
const records: readonly ResourceWithId[] = [
  {
    ...{ resourceType: 'Patient', id: 'rahima', birthDate: '1943-02-12', gender: 'female' },
    name: [{ family: 'Begum', given: ['Rahima'] }],
    generalPractitioner: [{ reference: 'Organization/brook-surgery' }],
  },
  {
    ...{ resourceType: 'EpisodeOfCare', id: 'case-rahima', status: 'active', patient: about },
    ...{ period: { start: '2027-01-05' } },
    managingOrganization: { reference: 'Organization/brook-surgery' },
    careManager: { reference: 'Practitioner/amina-yusuf', display: 'Amina Yusuf' },
  },
  {
    ...{ resourceType: 'Encounter', id: 'friday', status: 'finished', class: { code: 'IMP' } },
    ...{ subject: about, reasonCode: [{ text: 'Chest infection' }] },
    period: { start: '2027-05-24T09:00:00+01:00', end: '2027-05-28T17:00:00+01:00' },
  },
  {
    ...{ resourceType: 'MedicationStatement', id: 'ramipril', status: 'active', subject: about },
    ...{ medicationCodeableConcept: { text: 'Ramipril' }, dosage: [{ text: '5 mg' }] },
  },
]

beforeAll(async () => {
  // half past five on the Friday before the bank holiday of Monday 31 May 2027: for the screens and the server alike
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2027-05-28T16:30:00Z') })
  app = await openApp(records)
})
afterAll(async () => {
  await app.close()
  vi.useRealTimers()
})

const press = async (name: string | RegExp) => {
  await app.user.click(await screen.findByRole('button', { name }))
  await app.settled()
}
const choose = async (group: string | RegExp, answer: string | RegExp) =>
  await app.user.click(
    within(screen.getByRole('group', { name: group })).getByRole('radio', { name: answer }),
  )

test('Today says that the call is due on Sunday, and that it is Amina’s', async () => {
  await app.open('/today', 'amina')
  const group = screen.getByRole('region', { name: /Home from hospital: call first/ })
  expect(group.textContent).toContain('By 30 May 2027 at 17:00')
  expect(group.textContent).toContain('Yours')
})

test('The page says that nobody works before; Amina calls at once, and it is in time', async () => {
  await app.open('/people/rahima/home-from-hospital', 'amina')
  expect(
    screen.getByRole('heading', { name: 'Call Rahima before 30 May 2027 at 17:00' }),
  ).toBeTruthy()
  expect(screen.getByText('The next working day is', { exact: false }).textContent).toContain(
    '1 June 2027',
  )
  await choose('How did it go?', 'We spoke on the phone')
  await choose(/How have you been/, 'The same')
  await press('Write the call down')
  expect(await screen.findByText('Reached in time')).toBeTruthy()
})

test('The medicines are reconciled: what was stopped and is still taken comes first', async () => {
  await press('Say what is right: Ramipril')
  await choose('The ward’s list', /^Stopped/)
  await choose('In their hand now', 'Has it')
  await press('Save this medicine')
  await press('Add a medicine from the ward’s list')
  await app.user.type(screen.getByLabelText('Medicine'), 'Doxycycline')
  await app.user.type(screen.getByLabelText('Dose, and when: The ward’s list'), '100 mg')
  await choose('In their hand now', 'Has it')
  await press('Save this medicine')
  const rows = within(screen.getByRole('region', { name: 'Medicines, before and after' }))
    .getAllByRole('row')
    .map(({ textContent }) => textContent ?? '')
  expect(rows[1]).toMatch(/^Ramipril.*Does not match/)
  expect(rows[2]).toMatch(/^Doxycycline.*New/)
})

test('Today asks for no call any more', async () => {
  await app.open('/today', 'amina')
  expect(screen.queryByRole('region', { name: /Home from hospital: call first/ })).toBeNull()
})
