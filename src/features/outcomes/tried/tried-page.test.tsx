import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoOrganisationRecords } from '#demo-data/organisations.ts'
import { type OpenApp, openApp } from '#test-support/screens/open-app.tsx'

let app: OpenApp

beforeAll(async () => {
  app = await openApp([...demoOrganisationRecords()])
})
afterAll(async () => await app.close())

async function typeDay(legend: string, [day, month, year]: readonly [string, string, string]) {
  const user = userEvent.setup()
  const field = within(screen.getByRole('group', { name: new RegExp(legend) }))
  await user.type(field.getByLabelText('Day'), day)
  await user.type(field.getByLabelText('Month'), month)
  await user.type(field.getByLabelText('Year'), year)
}

test('a nurse writes what her practice tries, says what happened, and takes it out again', async () => {
  await app.open('/insight/tried', 'amina')
  expect(await screen.findByText('Nobody has written down yet what they tried')).toBeTruthy()
  const user = userEvent.setup()
  await user.click(screen.getByRole('button', { name: 'Try something new' }))
  await user.click(screen.getByRole('button', { name: 'Save' }))
  expect(screen.getByText(/Say what you tried/)).toBeTruthy()
  await user.type(screen.getByLabelText('What we tried, in a few words'), 'Read back aloud')
  await user.type(screen.getByLabelText('What we hoped'), 'Fewer are misheard')
  await typeDay('The day on which it began', ['1', '3', '2026'])
  await user.click(screen.getByRole('button', { name: 'Save' }))
  const name = 'A: Read back aloud'
  expect(await screen.findByRole('heading', { level: 3, name })).toBeTruthy()
  expect(screen.getByText('Not decided yet')).toBeTruthy()
  await user.click(screen.getByRole('button', { name: /Say what happened/ }))
  await user.selectOptions(screen.getByLabelText('What we decided'), 'keep')
  await user.click(screen.getByRole('button', { name: 'Save' }))
  expect(screen.getByText(/Say what happened, so that others learn/)).toBeTruthy()
  await user.type(screen.getByLabelText('What happened'), 'Nobody misheard')
  await typeDay('The day of the decision', ['1', '5', '2026'])
  await user.click(screen.getByRole('button', { name: 'Save' }))
  expect(await screen.findByText('Nobody misheard')).toBeTruthy()
  await user.click(screen.getByRole('button', { name: /Take it out/ }))
  await user.click(await screen.findByText('Taken out'))
  await user.click(screen.getByRole('button', { name: /Put it back/ }))
  expect(await screen.findByRole('heading', { level: 3, name })).toBeTruthy()
})

test('another partner reads it, and changes nothing of it', async () => {
  await app.open('/insight/tried', 'karen')
  expect(await screen.findByText('Nobody misheard')).toBeTruthy()
  expect(screen.queryByRole('button', { name: /Change this/ })).toBeNull()
  expect(screen.getByRole('button', { name: 'Try something new' })).toBeTruthy()
})
