import { screen, waitFor, within } from '@testing-library/react'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { useSession } from '#client/session/session.ts'
import { turnedScreen } from '#client/session/turned-screen.ts'
import { graceId } from '#demo-data/identities.ts'
import { answerToMessage } from '#domain/agreement/comment-message.ts'
import { machineNow } from '#test-support/clock.ts'
import { type OpenApp, openApp } from '#test-support/screens/open-app.tsx'
import { answersIn } from '#test-support/worlds/plan-to-agree.ts'
import { forgetKept, useKeptAnswer } from './kept-answer.ts'

const plan = `/people/${graceId}/plan`
let app: OpenApp

beforeAll(async () => {
  app = await openApp()
})
afterEach(async () => {
  app.restoreCalls()
  await giveBack()
  forgetKept()
})
afterAll(async () => await app.close())

const press = async (name: string | RegExp) => {
  await app.user.click(await screen.findByRole('button', { name }))
}
const heading = async (name: string | RegExp) =>
  await screen.findByRole('heading', { level: 1, name }, { timeout: 10_000 })

async function turn() {
  await app.open(`${plan}/turned`, 'amina')
  await press('Turn the screen now')
  await heading('Me')
}

async function giveBack() {
  if (!turnedScreen()) return
  await press(/^Give the tablet back/)
  await press('I am Amina Yusuf: sign in')
  await waitFor(() => expect(useSession.getState().actor?.identity).toBe('amina'))
}

async function toTheQuestion() {
  for (const next of ['What I want to do', 'My team', 'Help I get', 'Who looks after my plan']) {
    await press('Next')
    await heading(next)
  }
  await press('Next')
  await heading('Is this right?')
}

const whatNot = async () =>
  await screen.findByRole('group', { name: 'What do you not agree with?' })

const lastAnswer = async () => (await answersIn(app.server.sql)).at(-1)

async function changeGoal(words: string) {
  const desk = await app.server.as('karen')
  const read = await desk('/fhir/Goal/goal-g1')
  const goal = await read.json()
  const changed = await desk('/fhir/Goal/goal-g1', {
    ...{ method: 'PUT', json: { ...goal, description: { text: words } } },
    headers: { 'If-Match': read.headers.get('ETag') ?? '' },
  })
  expect(changed.status).toBe(200)
}

test('A turned screen shows the plan and no link, and forgets who is signed in, in this tab and on the device', async () => {
  await turn()
  expect(screen.queryAllByRole('link')).toEqual([])
  expect(useSession.getState().actor).toBeUndefined()
  expect(useSession.getState().deviceKey).toBeUndefined()
  expect(sessionStorage.getItem('gable-session')).not.toContain('amina')
})

test.each(['/today', '/people/other/plan', '/sign-in', '/my', `${plan}/roof`, '/nowhere'])(
  'The address %s leads to the turned page',
  async (path) => {
    await turn()
    await app.begin(path)
    await waitFor(() => expect(location.pathname).toBe(`${plan}/turned`))
    await heading('Me')
  },
)

test('The person reads room by room and says yes, and the nurse comes back by signing in', async () => {
  await turn()
  await toTheQuestion()
  await press('Yes, I agree')
  await heading('Thank you. Your answer is saved.')
  expect(await lastAnswer()).toMatchObject({
    ...{ yes: true, how: { way: 'turned-screen', recordedBy: { name: 'Amina Yusuf' } } },
  })
  await giveBack()
  await heading('Grace’s plan')
  expect(location.pathname).toBe(plan)
})

test('“Yes, but not this” asks for the words of each part, and keeps them until they are sent', async () => {
  await turn()
  await toTheQuestion()
  await press('Yes, but not this')
  await press('Send this to my team')
  expect(await screen.findByText('Choose what you do not agree with')).toBeTruthy()
  const [first] = await within(screen.getByRole('group')).findAllByRole('checkbox')
  if (first) await app.user.click(first)
  await app.user.type(await screen.findByRole('textbox'), 'Not in winter')
  expect(sessionStorage.getItem('gable-turned-typed')).toContain('Not in winter')
  await press('Send this to my team')
  await heading('Thank you. Your answer is saved.')
  expect(await lastAnswer()).toMatchObject({ yes: false, notAgreed: [{ words: 'Not in winter' }] })
  expect(sessionStorage.getItem('gable-turned-typed')).toBeNull()
})

test('What the person before had typed or answered on this tablet is not shown to the next', async () => {
  const typed = { plan: 'plan-other', open: 'no', words: 'Not mine', parts: {} }
  sessionStorage.setItem('gable-turned-typed', JSON.stringify(typed))
  const answer = { id: 'other', plan: 'plan-other', version: 3, answer: 'disagree' as const }
  useKeptAnswer.setState({ state: 'waiting', kept: { ...answer, words: '', notAgreed: [] } })
  await turn()
  await toTheQuestion()
  await press('Not like this')
  expect(await screen.findByRole<HTMLTextAreaElement>('textbox')).toHaveProperty('value', '')
})

test('Without a connection the answer waits on the tablet with its version, and is sent once it is back', async () => {
  await turn()
  await toTheQuestion()
  const before = (await answersIn(app.server.sql)).length
  app.failCalls('offline')
  await press('Not like this')
  await app.user.type(await screen.findByRole('textbox'), 'Ask my son')
  await press('Send this to my team')
  await heading('Your answer is kept on this tablet')
  expect((await answersIn(app.server.sql)).length).toBe(before)
  app.restoreCalls()
  globalThis.dispatchEvent(new Event('online'))
  await heading('Thank you. Your answer is saved.')
  expect(await lastAnswer()).toMatchObject({ yes: false, words: 'Ask my son' })
})

test('If the plan was changed meanwhile the page says so, and the words stay to be read', async () => {
  await turn()
  await toTheQuestion()
  await press('Not like this')
  await app.user.type(await screen.findByRole('textbox'), 'Too many visits')
  await changeGoal('To sing')
  await press('Send this to my team')
  await heading('Your answer could not be saved')
  expect(screen.getByText('Too many visits')).toBeTruthy()
})

test('What the person did not agree to stays named after somebody changed something else, until they agree to it', async () => {
  await changeGoal('To sing at church')
  await app.open('/my', 'grace')
  await press('Yes, but not this')
  for (const chosen of within(await whatNot()).queryAllByRole('checkbox', {
    checked: true,
  }))
    await app.user.click(chosen)
  await app.user.click(await screen.findByRole('checkbox', { name: /^Walk to the gate/ }))
  const about = { name: /^What should be different about “Walk to the gate/ }
  await app.user.type(await screen.findByRole('textbox', about), 'Not before breakfast')
  await press('Send this to my team')
  expect(await screen.findByText('Not before breakfast')).toBeTruthy()
  await changeGoal('To sing at church on Sundays')
  await app.open(plan, 'amina')
  expect(await screen.findByText(/^Not agreed: Walk to the gate/)).toBeTruthy()
  expect(screen.getByText('Not before breakfast')).toBeTruthy()
  await app.open('/today', 'amina')
  expect(await screen.findByText(/^Agreed, but not to: Walk to the gate/)).toBeTruthy()
  await app.open('/my', 'grace')
  const named = await screen.findByText('You said yes, but not to this:')
  const news = await screen.findByText(/This is new since then/)
  expect(named.compareDocumentPosition(news)).toBe(Node.DOCUMENT_POSITION_FOLLOWING)
  await press('Yes, but not this')
  const still = await screen.findByRole('checkbox', { name: /^Walk to the gate/ })
  expect(still).toHaveProperty('checked', true)
  await press('Choose another answer')
  await press('Yes, I agree to all of it now')
  await screen.findByText('You said yes to this plan')
  expect(await lastAnswer()).toMatchObject({ yes: true })
})

test('A second answer on the same page is another answer: a yes after a yes in part is kept', async () => {
  await changeGoal('To sing at church at Easter')
  await app.open('/my', 'grace')
  await press('Yes, but not this')
  await app.user.click(await screen.findByRole('checkbox', { name: /^Walk to the gate/ }))
  const about = { name: /^What should be different about “Walk to the gate/ }
  await app.user.type(await screen.findByRole('textbox', about), 'After breakfast')
  await press('Send this to my team')
  await press('Yes, I agree to all of it now')
  await screen.findByText('You said yes to this plan')
  expect(await lastAnswer()).toMatchObject({ yes: true })
})

test('From Today what did not happen leads to the step on the page of its goal, with the words of the person', async () => {
  const step = await (await (await app.server.as('amina'))('/fhir/Task/act-g1')).json()
  const goal = step.focus.reference.slice('Goal/'.length)
  const root = `${plan}/goals/${goal}`
  const by = { reference: `Patient/${graceId}`, name: 'Grace Okafor', voice: 'person' as const }
  const said = { id: crypto.randomUUID(), person: graceId, action: 'act-g1', happened: false, by }
  const no = answerToMessage({ ...said, words: 'Nobody came', at: machineNow().toISOString() })
  const hers = await app.server.as('grace')
  expect((await hers(`/fhir/Communication/${no.id}`, { method: 'PUT', json: no })).ok).toBe(true)
  await app.open('/today', 'amina')
  const links = await screen.findAllByRole('link', { name: 'Sort it out' })
  expect(links.map((each) => each.getAttribute('href'))).toContain(`${root}#action-act-g1`)
  await app.open(root)
  expect(await screen.findByText(/says: this did not happen\. “Nobody came”/)).toBeTruthy()
})
