import type { Bundle, Flag, Observation } from '@medplum/fhirtypes'
import { screen, within } from '@testing-library/react'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chidiRecords } from '#demo-data/grace/chidi.ts'
import { chidiOwnId, graceId } from '#demo-data/identities.ts'
import { dayFromToday } from '#test-support/clock.ts'
import { type OpenApp, openApp } from '#test-support/screens/open-app.tsx'

let app: OpenApp
beforeAll(async () => {
  app = await openApp([...chidiRecords(dayFromToday(0))])
})
afterAll(async () => await app.close())

const main = () => screen.getByRole('main')
const press = async (name: string) => {
  await app.user.click(within(main()).getByRole('button', { name }))
  await app.settled()
}

test('a carer who is ill reads exactly what is sent, and nothing is sent before Send', async () => {
  const call = await app.server.as('chidi')
  const ill = async () => {
    const answer = await call(`/fhir/Flag?patient=${graceId}&status=active`)
    const flags = ((await answer.json()) as Bundle<Flag>).entry ?? []
    return flags.filter(({ resource }) => JSON.stringify(resource).includes('carer-ill')).length
  }
  await app.open('/my', 'chidi')
  await press('I am ill today')
  const card = within(main()).getByRole('heading', { name: 'This will be sent' }).closest('section')
  if (!card) throw new Error('The list stands in a part of its own')
  const sent = within(card)
    .getAllByRole('listitem')
    .map((each) => within(each).getAllByText(/./)[0]?.textContent)
  expect(sent[0]).toMatch(/^Call Chidi Okafor/)
  expect(sent.length).toBeGreaterThan(1)
  expect(await ill(), 'only shown').toBe(0)

  await press('Do not send')
  expect(screen.queryByRole('heading', { name: 'This will be sent' })).toBeNull()
  expect(await ill(), 'nor by going back').toBe(0)

  await press('I am ill today')
  await press('Send')
  expect(await ill()).toBe(1)
  expect(main().textContent).toContain('You are ill today')
  for (const what of sent) expect(main().textContent, 'what was shown was sent').toContain(what)
})

test('a carer who changes only the words keeps the number that they gave', async () => {
  await app.open('/my/caring', 'chidi')
  await press('Go to your own plan and needs')
  await app.open('/my/caring')
  expect(main().textContent).toContain('How heavy it is: 8 of 10')
  await press('Say how it is now')
  const words = within(main()).getByLabelText('How is it for you?')
  await app.user.clear(words)
  await app.user.type(words, 'The nights are the worst.')
  await press('Save')
  expect(main().textContent).toContain('The nights are the worst.')
  expect(main().textContent).toContain('How heavy it is: 8 of 10')
  const karen = await app.server.as('karen')
  const answer = await karen(`/fhir/Observation?patient=${chidiOwnId}&code=carer-how`)
  const said = ((await answer.json()) as Bundle<Observation>).entry ?? []
  expect(said.map(({ resource }) => resource?.component?.[0]?.valueInteger)).toEqual([8, 8])
})
