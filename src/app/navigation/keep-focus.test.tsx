import { screen, within } from '@testing-library/react'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { type OpenApp, openApp } from '#test-support/screens/open-app.tsx'

let app: OpenApp
const plan = `/people/${graceId}/plan`

beforeAll(async () => {
  app = await openApp()
})
afterAll(async () => await app.close())

const press = async (name: string | RegExp) => {
  await app.user.click(await screen.findByRole('button', { name }))
  await app.settled()
}
const focused = () => document.activeElement

test('A button that opens a form gives its place to the first field, and has it again after Cancel', async () => {
  await app.open(`${plan}/conversation`, 'amina')
  await press('Add a need')
  const field = screen.getByLabelText('What the person needs, or is worried about')
  expect(focused()).toBe(field)
  await press('Cancel')
  expect(focused()).toBe(screen.getByRole('button', { name: 'Add a need' }))
})

test('After a save the focus is on the way to write the next one', async () => {
  await app.open(`${plan}/conversation`, 'amina')
  await press('Add a need')
  await app.user.keyboard('Nobody to talk to in the evening')
  await press('Save')
  expect(focused()).toBe(await screen.findByRole('button', { name: 'Add a need' }))
})

test('What is gone without anything in its place leaves the focus in its part of the page', async () => {
  await app.open('/my', 'grace')
  const asked = await screen.findByRole('region', { name: 'Did this happen?' })
  await app.user.click(within(asked).getByRole('button', { name: /^Yes/ }))
  await app.settled()
  expect(focused()).not.toBe(document.body)
})

test('A number that is not chosen is said at its field, which has the focus', async () => {
  await app.open(`${plan}/goals/goal-g2`, 'amina')
  await press(/^Say a number.*How important/)
  await press('Save')
  const field = screen.getByLabelText('How important is this to Grace?')
  expect(field.getAttribute('aria-invalid')).toBe('true')
  expect(focused()).toBe(field)
})

test('Another page starts at its heading', async () => {
  await app.open(`${plan}/conversation`, 'amina')
  await app.user.click(screen.getByRole('link', { name: 'My team' }))
  await app.settled()
  expect(focused()).toBe(screen.getByRole('heading', { level: 1 }))
})
