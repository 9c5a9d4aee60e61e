import { screen, within } from '@testing-library/react'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chidiRecords } from '#demo-data/grace/chidi.ts'
import { graceId } from '#demo-data/identities.ts'
import { dayFromToday } from '#test-support/clock.ts'
import { type OpenApp, openApp } from '#test-support/screens/open-app.tsx'

let app: OpenApp
const person = `/people/${graceId}`

beforeAll(async () => {
  app = await openApp([...chidiRecords(dayFromToday(0))])
})
afterAll(async () => await app.close())

const press = async (name: string | RegExp) => {
  await app.user.click(await screen.findByRole('button', { name }))
  await app.settled()
}

test('The words of a goal are a link inside the quotation, which a screen reader names', async () => {
  await app.open(`${person}/plan/conversation`, 'amina')
  expect(document.querySelectorAll('a blockquote')).toHaveLength(0)
  const link = screen.getByRole('link', { name: /walk to St Anne/ })
  expect(link.closest('blockquote')).toBeTruthy()
})

test('A goal for which other words are suggested says so in the list of goals', async () => {
  await app.open(`${person}/plan/conversation`, 'amina')
  const [goal] = screen.getAllByRole('article')
  const link = within(goal as HTMLElement).getByRole('link', { name: /suggests a change/ })
  expect(link.getAttribute('href')).toMatch(/goals\/goal-g1#suggestion-/)
})

test('A need that is new cannot be taken out of the plan, one that is known can', async () => {
  await app.open(`${person}/plan/conversation`, 'karen')
  await press('Add a need')
  expect(screen.queryByLabelText('It is met: remove it from the plan')).toBeNull()
  await press('Cancel')
  await press('Change: Breathless and unsteady outdoors')
  expect(screen.getByLabelText('It is met: remove it from the plan')).toBeTruthy()
})

test('“Ask for a service” opens the form for it, not a list of tasks', async () => {
  await app.open(`${person}/plan/support`, 'karen')
  await app.user.click(screen.getByRole('link', { name: 'Ask for a service' }))
  await app.settled()
  expect(screen.getByLabelText('What you are asking for')).toBeTruthy()
})

test('Who says yes to a carer’s assessment has a way to it on the card', async () => {
  await app.open(`${person}/carers`, 'karen')
  const link = screen.getByRole('link', { name: 'Carer’s assessment of Chidi Okafor' })
  expect(link.getAttribute('href')).toMatch(/^\/people\/[^/]+\/carer-assessment$/)
})

test('Whoever made a promise reads “you” on Today', async () => {
  await app.open('/today', 'tom')
  expect(screen.getByText('Promised by you')).toBeTruthy()
})

test('A person who makes a card is taken to the card', async () => {
  await app.open('/my/card', 'grace')
  await press('Make the card')
  expect(document.activeElement).toBe(screen.getByRole('heading', { name: 'Grace Okafor' }))
})

test('A long question is seen as a whole while it is written', async () => {
  await app.open('/my/prepare', 'grace')
  expect(screen.getByLabelText('What I want to ask').tagName).toBe('TEXTAREA')
})
