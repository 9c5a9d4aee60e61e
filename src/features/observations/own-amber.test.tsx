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
const sign = '2 kg up in 3 days, or sleeping in the chair'

test('Grace writes her own amber sign: what is missing is said at its field, and nothing is lost', async () => {
  await app.open('/my/readings', 'grace')
  await press('Write an amber sign')
  const form = within(screen.getByRole('form', { name: 'Your own amber sign' }))
  await press('Save the amber sign')
  expect(form.getByText('Write it in your own words')).toBeTruthy()
  await app.user.type(form.getByLabelText('What tells you that it is an amber day?'), sign)
  await app.user.selectOptions(form.getByLabelText('Is there a reading that shows it?'), 'Weight')
  await press('Save the amber sign')
  expect(form.getByText('Enter at least one number, or choose words alone')).toBeTruthy()
  await app.user.type(form.getByLabelText('Up by this much or more (kg)'), '2')
  await press('Save the amber sign')
  expect(await screen.findByText(sign)).toBeTruthy()
  expect(screen.getByText(/Weight up by 2 kg or more within 3 days/)).toBeTruthy()
  expect(screen.getByText(/No professional has agreed to it yet/)).toBeTruthy()
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
