import { screen, within } from '@testing-library/react'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { followUpChoiceOf } from '#domain/discharge/follow-up-choice-of.ts'
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
const field = (day: string, label: string) =>
  within(screen.getByRole('group', { name: day })).getByLabelText(label)
const write = async (day: string, label: string, words: string) => {
  await app.user.clear(field(day, label))
  if (words) await app.user.type(field(day, label), words)
}

test('An administrator changes when a telephone is answered, and a wrong time is said at its field', async () => {
  await app.open('/organisations', 'admin')
  await press('Change the hours: Brook Surgery')
  await write('Saturday', 'From', '9')
  await write('Saturday', 'Until', '12:00')
  await press('Save the hours')
  expect(screen.getByText('Write the times of Saturday as hours and minutes')).toBeTruthy()
  expect(document.activeElement).toBe(field('Saturday', 'From'))
  await write('Saturday', 'From', '09:00')
  await press('Add a time after a break: Monday')
  await write('Monday', 'Until', '12:30')
  await app.user.click(screen.getByLabelText('The same times as on other days'))
  await press('Add closed days')
  await press('Save the hours')
  expect(screen.getByText('Enter the first day')).toBeTruthy()
  await press('Remove these days')
  await press('Save the hours')
  expect(await screen.findByText('Saturday', { exact: false })).toBeTruthy()
  const read = await (await app.server.as('admin'))(
    '/fhir/HealthcareService/brook-surgery-telephone',
  )
  const stored = await read.json()
  expect(stored.availableTime).toContainEqual({
    ...{ daysOfWeek: ['sat'], availableStartTime: '09:00:00', availableEndTime: '12:00:00' },
  })
  expect(stored.availabilityExceptions).toBeUndefined()
})

test('An administrator chooses by when to call after a stay, and whose holidays count', async () => {
  await app.open('/organisations', 'admin')
  await press('Change when to call: Brook Surgery')
  await app.user.click(screen.getByRole('radio', { name: /^TCM-7/ }))
  await app.user.selectOptions(screen.getByLabelText('Whose holidays count?'), 'Scotland')
  await press('Save when to call')
  expect(
    await screen.findByText(/a visit within 7 days \(TCM-7\)\. Holidays: Scotland/),
  ).toBeTruthy()
  const read = await (await app.server.as('admin'))('/fhir/Organization/brook-surgery')
  expect(followUpChoiceOf(await read.json())).toEqual({ rule: 'TCM-7', calendar: 'scotland' })
})

test('A manager changes when their own organisation works, and has no other organisation', async () => {
  await app.open('/organisations', 'ruth')
  await press('Change the hours: Brook Surgery')
  expect(screen.queryByRole('button', { name: /St Anne/ })).toBeNull()
  await write('Friday', 'Until', '13:45')
  await press('Save the hours')
  expect(
    await screen.findByRole('button', { name: 'Change the hours: Brook Surgery' }),
  ).toBeTruthy()
  const read = await (await app.server.as('admin'))(
    '/fhir/HealthcareService/brook-surgery-telephone',
  )
  expect((await read.json()).availableTime).toContainEqual({
    ...{ daysOfWeek: ['fri'], availableStartTime: '08:00:00', availableEndTime: '13:45:00' },
  })
  await press('Change when to call: Brook Surgery')
  await app.user.selectOptions(screen.getByLabelText('Whose holidays count?'), 'Northern Ireland')
  await press('Save when to call')
  expect(await screen.findByText(/Holidays: Northern Ireland/)).toBeTruthy()
})

test('Nobody else has the form', async () => {
  await app.open('/organisations', 'amina')
  expect(screen.getByText('Not part of your role')).toBeTruthy()
})
