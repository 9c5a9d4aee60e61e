import { screen, within } from '@testing-library/react'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { type OpenApp, openApp } from '#test-support/screens/open-app.tsx'

let app: OpenApp

beforeAll(async () => {
  app = await openApp([])
})
afterAll(async () => await app.close())

const press = async (name: string) => await app.user.click(screen.getByRole('button', { name }))

test('an assessment is finished after an answer that is still being saved', async () => {
  await app.open(`/people/${graceId}/assessments/phq-9`, 'amina')
  app.failCalls('slow', ({ method, path }) => method === 'POST' && path === '/fhir/')
  for (const question of screen.getAllByRole('group')) {
    const answer = within(question).queryByRole('radio', {
      name: /^(More than half the days|Very difficult)$/,
    })
    if (answer) await app.user.click(answer)
  }
  // the ninth answer raises a concern, which is saved at once
  await press('I understand: I will ask now')
  await press('Finish and see the result')
  await new Promise((resolve) => setTimeout(resolve, 50))
  app.restoreCalls()
  await app.settled()
  expect(screen.queryByText('This was not saved')).toBeNull()
  expect(screen.getByRole('main').textContent).toContain('18 of 27')
})

test('on a phone one part is asked at a time: it says what is left, an error leads to its part, and nothing typed is lost', async () => {
  const wide = globalThis.matchMedia
  vi.stubGlobal('matchMedia', (query: string) => ({
    ...wide(query),
    matches: query === '(max-width: 640px)',
  }))
  await app.open(`/people/${graceId}/assessments/phq-9`, 'amina')
  const part = () => screen.getByRole('heading', { level: 2, name: /^Part / })
  expect(part().textContent).toMatch(/^Part 1 of 2/)
  const asked = () =>
    screen.getAllByRole('group').filter((each) => within(each).queryAllByRole('radio').length > 0)
  const first = asked().length
  const say = async (group: HTMLElement | undefined) =>
    group &&
    (await app.user.click(within(group).getByRole('radio', { name: /^Not (difficult )?at all$/ })))
  for (const group of asked().slice(1)) await say(group)
  expect(screen.queryByRole('button', { name: 'Finish and see the result' })).toBeNull()
  await press('Next part')
  expect(part().textContent).toMatch(/^Part 2 of 2/)
  expect(document.activeElement).toBe(part())
  for (const group of asked()) await say(group)
  await press('Finish and see the result')
  const problem = within(screen.getByRole('alert')).getAllByRole('link')[0]
  if (problem) await app.user.click(problem)
  expect(part().textContent).toMatch(/^Part 1 of 2/)
  expect(asked()).toHaveLength(first)
  const left = asked().filter(
    (each) => within(each).queryByRole('radio', { checked: true }) === null,
  )
  expect(left).toHaveLength(1)
  expect(left[0]?.contains(document.activeElement)).toBe(true)
  await say(left[0])
  await app.user.click(screen.getByRole('button', { name: /^Part 2.*nothing left/, hidden: true }))
  await press('Finish and see the result')
  await app.settled()
  expect(screen.getByRole('main').textContent).toContain('0 of 27')
  vi.unstubAllGlobals()
})

test('a step of a card is taken into the plan or dismissed with a reason, once', async () => {
  await app.open(`/people/${graceId}/assessments#card-heart-failure`, 'amina')
  const card = document.getElementById('card-heart-failure') ?? document.body
  expect(within(card).getByText(/^Weight:/)).toBeTruthy()
  expect(within(card).getByText(/Missing. Kidney function \(eGFR\)/)).toBeTruthy()
  const worse = 'Agree what to do when weight or breathlessness goes up'
  await app.user.click(
    within(card).getByRole('button', { name: `Add the task: ${worse} (Heart failure)` }),
  )
  expect(await within(card).findByText('Accepted: it is a task of yours now')).toBeTruthy()
  const rehab = 'Cardiac rehabilitation'
  await app.user.click(
    within(card).getByRole('button', { name: `Dismiss, with a reason: ${rehab} (Heart failure)` }),
  )
  await app.user.click(within(card).getByRole('radio', { name: 'The person does not want it' }))
  await app.user.click(within(card).getByRole('button', { name: `Dismiss it: ${rehab}` }))
  expect(await within(card).findByText('Dismissed: The person does not want it')).toBeTruthy()
  await app.open(`/people/${graceId}/assessments#card-heart-failure`, 'amina')
  expect(
    screen.queryByRole('button', { name: `Add the task: ${worse} (Heart failure)` }),
  ).toBeNull()
  expect(
    screen.queryByRole('button', { name: `Send the referral: ${rehab} (Heart failure)` }),
  ).toBeNull()
})
