import { screen, within } from '@testing-library/react'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { type OpenApp, openApp } from '#test-support/screens/open-app.tsx'

let app: OpenApp

beforeAll(async () => {
  app = await openApp()
})
afterAll(async () => await app.close())

const press = async (name: string | RegExp) => {
  await app.user.click(await screen.findByRole('button', { name }))
  await app.settled()
}
const chosen = { name: 'Your own amber sign' }
const sign = '2 kg up in 3 days, or sleeping in the chair'

test('Grace writes her own amber sign: what is missing is said at its field, and nothing is lost', async () => {
  await app.open('/my/readings', 'grace')
  await press('Write an amber sign')
  const form = within(screen.getByRole('form', chosen))
  await press('Save the amber sign')
  expect(form.getByText('Write it in your own words')).toBeTruthy()
  await app.user.type(form.getByLabelText('What tells you that it is an amber day?'), sign)
  await app.user.selectOptions(form.getByLabelText('Is there a reading that shows it?'), 'Weight')
  await press('Save the amber sign')
  expect(form.getByText('Enter at least one number, or choose words alone')).toBeTruthy()
  const up = form.getByLabelText('Up by this much or more (kg)')
  const days = form.getByLabelText('Within how many days')
  // no number is suggested to her
  expect((days as HTMLInputElement).value).toBe('')
  expect(form.queryByText(/For example.*\d/)).toBeNull()
  await app.user.type(up, '900')
  await press('Save the amber sign')
  expect(up.getAttribute('aria-invalid')).toBe('true')
  expect(form.getByLabelText('Below (kg)').getAttribute('aria-invalid')).not.toBe('true')
  await app.user.clear(up)
  await app.user.type(up, '2')
  await press('Save the amber sign')
  expect(form.getByText('Enter a whole number of days, up to 14')).toBeTruthy()
  await app.user.type(days, '3')
  await press('Save the amber sign')
  expect(await screen.findByText(sign)).toBeTruthy()
  expect(screen.getByText(/Weight up by 2 kg or more within 3 days/)).toBeTruthy()
  expect(screen.getByText(/No professional has agreed to it yet/)).toBeTruthy()
})

test('Of a blood pressure the upper number is meant, and one day is a day', async () => {
  await app.open('/my/readings', 'grace')
  await press('Write a new amber sign')
  const form = within(screen.getByRole('form', chosen))
  const kind = form.getByLabelText('Is there a reading that shows it?')
  await app.user.selectOptions(kind, 'Blood pressure')
  expect(form.queryByLabelText('Below (mmHg)')).toBeNull()
  await app.user.type(form.getByLabelText('What tells you that it is an amber day?'), sign)
  await app.user.type(form.getByLabelText('Upper number above (mmHg)'), '170')
  await app.user.type(form.getByLabelText('Upper number up by this much or more (mmHg)'), '30')
  await app.user.type(form.getByLabelText('Within how many days'), '1')
  await press('Save the amber sign')
  expect(await screen.findByText(/Blood pressure, upper number, above 170 mmHg/)).toBeTruthy()
  expect(screen.getByText(/upper number, up by 30 mmHg or more within 1 day\./)).toBeTruthy()
  // her sign before it, for the ones who come after
  await press('This sign no longer counts')
  expect(await screen.findByText(/Weight up by 2 kg/)).toBeTruthy()
})

test('Amina agrees to exactly that sign', async () => {
  await app.open(`/people/${graceId}/readings`, 'amina')
  expect(await screen.findByText(sign)).toBeTruthy()
  await press('Agree to this sign')
  expect(await screen.findByText(/Amina Yusuf agreed to it/)).toBeTruthy()
})

test('A reading that meets it says so at once, with her words and what the plan says', async () => {
  await app.open('/my/readings', 'grace')
  await app.user.type(screen.getByLabelText('Weight (kg)'), '78')
  await press('Save the reading')
  await app.settled()
  const title = await screen.findByText('This is an amber sign.')
  expect(title.parentElement?.textContent).toContain(sign)
  // outside the agreed limits too: what to do is said once
  expect(await screen.findAllByText(/what your plan says to do now/)).toHaveLength(1)
})

test('She takes it back, and it stands there no more', async () => {
  await app.open('/my/readings', 'grace')
  await press('This sign no longer counts')
  expect(await screen.findByRole('button', { name: 'Write an amber sign' })).toBeTruthy()
  expect(screen.queryByText(sign)).toBeNull()
})
