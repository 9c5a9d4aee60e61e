import { screen, within } from '@testing-library/react'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays } from '#domain/calendar/days.ts'
import { dayFromToday } from '#test-support/clock.ts'
import { type OpenApp, openApp } from '#test-support/screens/open-app.tsx'

let app: OpenApp
const yesterday = dayFromToday(-1)
const csv = [
  'Date,Time,Weight (lb),Systolic (mmHg),Diastolic (mmHg)',
  `${yesterday},07:30,172,132,84`,
  `${addDays(yesterday, 9)},07:30,172,,`,
].join('\n')

beforeAll(async () => {
  app = await openApp()
})
afterAll(async () => await app.close())

const press = async (name: string | RegExp) => {
  await app.user.click(await screen.findByRole('button', { name }))
  await app.settled()
}
const choose = async (text: string) => {
  const file = new File([text], 'export.csv', { type: 'text/csv' })
  await app.user.upload(screen.getByLabelText('The file that the device or its app wrote'), file)
  await app.settled()
}
const begin = async () => {
  await app.open('/my/readings', 'grace')
  await press('Add readings from a device')
}

test('Grace sees what would be kept, in our unit, and what would not with its reason; then she keeps it', async () => {
  await begin()
  await choose(csv)
  expect(await screen.findByText('New readings in this file: 2. Nothing is kept yet.')).toBeTruthy()
  expect(screen.getByText(/172 lb, kept as 78\.0 kg/)).toBeTruthy()
  expect(screen.getByText(/the time is in the future\. Look at the clock/)).toBeTruthy()
  await press('Keep these readings')
  expect(screen.getByText('Enter what the device is called')).toBeTruthy()
  await app.user.type(screen.getByLabelText('Which device is it?'), 'My scales')
  await press('Keep these readings')
  expect(await screen.findByText('Readings saved: 2')).toBeTruthy()
  expect((await screen.findAllByText(/from a device: My scales/)).length).toBe(2)
})

test('The same file brings nothing twice', async () => {
  await begin()
  await choose(csv)
  expect(await screen.findByText('New readings in this file: 0. Nothing is kept yet.')).toBeTruthy()
  expect(screen.getByText('Here already: 2.')).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Keep these readings' })).toBeNull()
})

test('What was read in is taken back together, and can be read in again', async () => {
  await begin()
  await app.user.type(screen.getByLabelText('Which device is it?'), 'My scales')
  await choose(csv.replaceAll('172', '171'))
  await press('Keep these readings')
  const toast = (await screen.findByText('Readings saved: 1')).closest('li, div')
  await app.user.click(within(toast as HTMLElement).getByRole('button', { name: 'Undo' }))
  await app.settled()
  await begin()
  await choose(csv.replaceAll('172', '171'))
  expect(await screen.findByText('New readings in this file: 1. Nothing is kept yet.')).toBeTruthy()
})

test('A file that is none is refused in words, and nothing is kept', async () => {
  await begin()
  await choose('Dear Grace, thank you for your letter.')
  expect(await screen.findByText(/This file cannot be read/)).toBeTruthy()
})
