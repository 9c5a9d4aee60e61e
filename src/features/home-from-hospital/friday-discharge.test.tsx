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

test('Who sees her next is a stop of the way home', async () => {
  await app.open('/people/rahima/home-from-hospital', 'amina')
  await press('Add what is needed')
  await app.user.type(screen.getByLabelText('What is needed'), 'Chest clinic')
  const form = within(screen.getByRole('form', { name: 'Add what is needed' }))
  const who = form.getByLabelText<HTMLSelectElement>('Who does it')
  await app.user.selectOptions(
    who,
    [...who.options].find(({ text }) => text.includes('Amina'))?.value ?? '',
  )
  await app.user.type(form.getByLabelText('Day'), '10')
  await app.user.type(form.getByLabelText('Month'), '6')
  await app.user.type(form.getByLabelText('Year'), '2027')
  await press('Save what is needed')
  const way = within(screen.getByRole('list', { name: /^From the ward/ }))
  const stop = (await way.findByText('Seen next')).closest('li')
  expect(stop?.textContent).toContain('10 June 2027')
  expect(stop?.textContent).toContain('Amina Yusuf')
})

test('A call from earlier is written down with its own time; one that cannot be is refused at its field', async () => {
  await app.open('/people/rahima/home-from-hospital', 'amina')
  await press('Write down another call or visit')
  await choose('How did it go?', 'We spoke on the phone')
  await choose(/How have you been/, 'Worse')
  await choose('When was it?', 'Earlier')
  const time = screen.getByLabelText('Time')
  await press('Write the call down')
  expect(screen.getByText('Enter the time of the call, such as 09:10')).toBeTruthy()
  await app.user.type(time, '18:30')
  await press('Write the call down')
  expect(screen.getByText('This time is still to come')).toBeTruthy()
  await app.user.clear(time)
  await app.user.type(time, '16:59')
  await press('Write the call down')
  expect(screen.getByText('They were still in hospital then')).toBeTruthy()
  await app.user.clear(time)
  await app.user.type(time, '17:10')
  await press('Write the call down')
  const way = within(screen.getByRole('list', { name: /^From the ward/ }))
  await vi.waitFor(() => expect(way.getAllByText('Reached')).toHaveLength(2))
  expect(screen.getByRole('list', { name: /^From the ward/ }).textContent).toContain('17:10')
})

const medicine = (name: string | undefined, status = 'active') => ({
  resource: {
    ...{ resourceType: 'MedicationStatement', status, subject: about },
    ...(name ? { medicationCodeableConcept: { text: name } } : {}),
    dosage: [{ text: '5 mg' }],
  },
})

test('What the letter lists and the table does not take is said by name, with why', async () => {
  await app.open('/people/rahima/home-from-hospital', 'amina')
  const letter = JSON.stringify({
    ...{ resourceType: 'Bundle', type: 'document' },
    entry: [
      { resource: { resourceType: 'Composition', status: 'final', title: 'Discharge' } },
      medicine('Digoxin'),
      medicine('Aspirin', 'entered-in-error'),
      medicine(undefined),
    ],
  })
  const file = new File([letter], 'letter.json', { type: 'application/fhir+json' })
  await app.user.upload(screen.getByLabelText('Add the discharge letter'), file)
  await app.settled()
  await press('Put its medicines into the table')
  const said = await screen.findByText('Not taken from the letter')
  const notice = said.parentElement?.parentElement ?? said
  expect(notice.textContent).toContain(
    'Aspirin: The letter marks it as cancelled, a draft or an error',
  )
  expect(notice.textContent).toContain('A medicine without a name: The letter gives no name for it')
})
