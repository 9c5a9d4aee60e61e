import { screen, within } from '@testing-library/react'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { type OpenApp, openApp } from '#test-support/screens/open-app.tsx'

let app: OpenApp

beforeAll(async () => {
  app = await openApp([])
})
afterAll(async () => await app.close())

const press = async (name: string) => await app.user.click(screen.getByRole('button', { name }))

test('an assessment is found by its name and by what it is about', async () => {
  await app.open(`/people/${graceId}/assessments`, 'amina')
  const find = screen.getByLabelText('Find an assessment')
  await app.user.type(find, 'falls')
  expect(screen.getByRole('link', { name: 'Start Falls checklist' })).toBeTruthy()
  expect(screen.queryByRole('link', { name: /PHQ-9/ })).toBeNull()
  await app.user.clear(find)
  await app.user.type(find, 'nothing of the kind')
  expect(screen.getByText(/Nothing here has/)).toBeTruthy()
})

test('on a phone the topics are folded, and what is searched for stands open', async () => {
  const media = globalThis.matchMedia
  globalThis.matchMedia = ((query: string) => ({ ...media?.(query), matches: true })) as never
  try {
    await app.open(`/people/${graceId}/assessments`, 'amina')
    const falls = () => screen.getByText('Falls', { selector: 'h3' }).closest('details')
    expect(falls()?.open).toBe(false)
    await app.user.type(screen.getByLabelText('Find an assessment'), 'falls')
    expect(falls()?.open).toBe(true)
  } finally {
    globalThis.matchMedia = media
  }
})

test('a licensed assessment is offered after an administrator has said that it may be used, and not before', async () => {
  await app.open(`/people/${graceId}/assessments`, 'amina')
  const eating = () => screen.getByRole('region', { name: 'Eating and drinking' })
  expect(within(eating()).getByText(/Not available here until acknowledged/)).toBeTruthy()
  await app.open('/licences', 'admin')
  await press('Say that you may use it: MUST: risk of malnutrition')
  await press('Save')
  expect(screen.getByText(/Enter the licence or permission/)).toBeTruthy()
  await app.user.type(screen.getByLabelText(/On what ground/), 'Permission of BAPEN, 2026')
  await press('Save')
  await app.settled()
  expect(screen.getByText(/Permission of BAPEN, 2026/)).toBeTruthy()
  await app.open(`/people/${graceId}/assessments`, 'amina')
  expect(within(eating()).getByRole('link', { name: /^Start MUST/ })).toBeTruthy()
})

test('a score from a licensed form is entered, and shown with its meaning and where it comes from', async () => {
  await app.open(`/people/${graceId}/assessments/clinical-frailty-scale`, 'amina')
  await app.user.click(screen.getByRole('radio', { name: '2.0' }))
  await app.user.type(screen.getByLabelText('Level, from 1 to 9'), '12')
  await app.user.type(screen.getByLabelText(/Who did it/), 'Tom Price, physiotherapist')
  await press('Finish and see the result')
  expect(screen.getAllByText('Enter 9 or less').length).toBeGreaterThan(0)
  expect(screen.getByLabelText<HTMLInputElement>('Level, from 1 to 9').value).toBe('12')
})

test('the weight for MUST is taken from the record, says so with its day, and can be corrected', async () => {
  await app.open(`/people/${graceId}/assessments/must`, 'amina')
  const weight = screen.getByLabelText<HTMLInputElement>(/^Weight now/)
  expect(weight.value).toBe('68.4')
  const note = () => weight.closest('.assess-form')?.querySelector('.assess-first')?.textContent
  expect(note()).toMatch(/^From the record, .+Correct it if it is not so today/)
  await app.user.clear(weight)
  await app.user.type(weight, '61')
  expect(note()).toMatch(/^The record says 68.4/)
  // what is typed stays, also when the form is opened again
  await app.open(`/people/${graceId}/assessments`, 'amina')
  await app.open(`/people/${graceId}/assessments/must`, 'amina')
  expect(screen.getByLabelText<HTMLInputElement>(/^Weight now/).value).toBe('61')
})
