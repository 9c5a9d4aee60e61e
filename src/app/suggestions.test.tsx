import { screen, within } from '@testing-library/react'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { type OpenApp, openApp } from '#test-support/screens/open-app.tsx'

let app: OpenApp
const root = `/people/${graceId}/plan`
const goalPage = `${root}/goals/goal-g1`
const church = 'I want to walk to St Anne’s on a Sunday, with someone beside me.'
const feast = church.replace('on a Sunday', 'on a Sunday or a feast day')

beforeAll(async () => {
  app = await openApp()
})
afterEach(() => app.restoreCalls())
afterAll(async () => await app.close())

const press = async (name: string | RegExp) => {
  await app.user.click(screen.getByRole('button', { name }))
  await app.settled()
}
const type = async (label: string | RegExp, words: string) => {
  const field = screen.getByLabelText(label)
  await app.user.clear(field)
  await app.user.type(field, words)
}
const goalWords = () => screen.getByRole('heading', { level: 1 }).textContent
const shows = (words: string | RegExp) => screen.queryAllByText(words).length > 0

test('what Karen suggests stands on the house, with boxes to tick on paper', async () => {
  await app.open(root, 'amina')
  const waiting = screen.getByRole('link', {
    name: 'Karen Lee suggests a change, waiting for Grace',
  })
  expect(waiting.getAttribute('href')).toBe(`${goalPage}#suggestion-suggestion-g1`)
  expect(shows('Yes, but like this:')).toBe(true)
})

test('Amina asks Grace, who declines: it is in Grace’s name, written down by Amina', async () => {
  await app.open(goalPage, 'tom')
  await press(`Suggest a change: ${church}`)
  await press('Send the suggestion')
  expect(shows('Change the words')).toBe(true)
  await type('What should it say instead?', 'I want to walk to the gate.')
  app.failCalls('offline')
  await press('Send the suggestion')
  expect(screen.getByLabelText('What should it say instead?')).toHaveProperty(
    'value',
    'I want to walk to the gate.',
  )
  app.restoreCalls()
  await press('Send the suggestion')
  expect(goalWords()).toBe(church)
  await app.open(goalPage, 'amina')
  await press('Ask Grace now: I want to walk to the gate.')
  await press('Save what Grace said')
  expect(shows('Choose what Grace said')).toBe(true)
  await app.user.click(screen.getByRole('radio', { name: 'No' }))
  await press('Save what Grace said')
  await type('Why not? A word is enough.', 'That is not far enough')
  await press('Save what Grace said')
  expect(goalWords()).toBe(church)
  const before = screen.getByText('1 earlier suggestion').closest('details') as HTMLElement
  expect(within(before).getByText(/Grace Okafor said no/).textContent).toContain(
    'Suggested by Tom Price. Grace Okafor said no: “That is not far enough” Written down by Amina Yusuf.',
  )
})

test('words that have moved on are shown beside the suggestion, and nothing is taken by itself', async () => {
  const call = await app.server.as('grace')
  const goal = await (await call('/fhir/Goal/goal-g1')).json()
  const moved = church.replace('someone', 'Chidi')
  const changed = { ...goal, description: { text: moved } }
  const headers = { 'If-Match': `W/"${goal.meta.versionId}"` }
  await call('/fhir/Goal/goal-g1', { method: 'PUT', headers, json: changed })
  await app.open('/my', 'grace')
  expect(shows('The words have changed since Karen Lee suggested this. Both are kept.')).toBe(true)
  expect([moved, feast, church].map((words) => shows(words))).toEqual([true, true, true])
})

test('Grace takes half of it in her own words', async () => {
  await app.open('/my/team', 'grace')
  await app.open('/my', 'grace')
  await press('Change it')
  const both = church
    .replace('on a Sunday', 'on a Sunday or a feast day')
    .replace('someone', 'Chidi')
  expect(screen.getByLabelText('My words'), 'both changes to start from').toHaveProperty(
    'value',
    both,
  )
  await type('My words', 'I want to walk to St Anne’s, feast days too.')
  await press('Save my words')
  expect(shows(/suggests a change/)).toBe(false)
  await app.open(goalPage, 'amina')
  expect(goalWords()).toBe('I want to walk to St Anne’s, feast days too.')
  expect(shows(/In the words of Grace Okafor/)).toBe(true)
})

test('what somebody suggests for the words of staff is on their Today', async () => {
  await app.open(`${root}/conversation`, 'amina')
  await press('Add a need')
  await type('What the person needs, or is worried about', 'The step at the door')
  await press('Save')
  await app.open(`${root}/conversation`, 'karen')
  await press('Suggest a change: The step at the door')
  await type('What should it say instead?', 'Two steps at the door')
  await press('Send the suggestion')
  await app.open('/today', 'amina')
  expect(screen.getByText(/Karen Lee suggests:/).textContent).toContain('Two steps at the door')
  await app.open(`${root}/conversation`, 'patel')
  await press('Use these words: Two steps at the door')
  expect(shows('Two steps at the door')).toBe(true)
  await app.open('/today', 'amina')
  expect(screen.queryByText(/Karen Lee suggests:/)).toBe(null)
})

test('a template suggests, the team and Grace choose, and what was dismissed never comes again', async () => {
  await app.open(`${root}/conversation`, 'amina')
  await press('Start from a common situation')
  await app.user.selectOptions(screen.getByLabelText('Which situation?'), 'falls')
  expect(shows(/NICE NG249/)).toBe(true)
  await press('Suggest these')
  expect(shows(/from the template Falls, version 2/)).toBe(true)
  await press('Add to the plan: Unsteady on my feet')
  expect(shows('Unsteady on my feet')).toBe(true)
  await press('Does not fit: Afraid of falling')
  await press('Dismiss: Afraid of falling')
  expect(shows('Say in a word why not')).toBe(true)
  await type(/Why does “Afraid of falling” not fit/, 'She laughs about it')
  await press('Dismiss: Afraid of falling')
  expect(shows('Afraid of falling')).toBe(false)
  await press('Start from a common situation')
  await app.user.selectOptions(screen.getByLabelText('Which situation?'), 'falls')
  expect(screen.queryByRole('checkbox')).toBe(null)
  await app.open(`${root}/roof`, 'tom')
  const fallen = /^If I have fallen and cannot get up, or have hit my head: stay warm, /
  await press(new RegExp(`Add to the plan: ${fallen.source.slice(1)}`))
  const levels = screen.getByRole('region', { name: 'If things get worse' })
  const line = within(levels).getByText(fallen).closest('li')
  expect(line?.textContent, 'a line of its own').toMatch(
    /^If I have fallen.*999Written by Tom Price/,
  )
  const red = line?.closest('.worse-level')
  expect(red?.classList.contains('is-red')).toBe(true)
  const said = [...(red?.querySelectorAll('dd > p') ?? [])].map((each) => each.textContent)
  expect(said.slice(0, 2), 'as it was').toEqual(['Cannot finish a sentence', 'Ring 999'])
  await app.open('/my/conversation', 'grace')
  const question = screen.getByRole('region', { name: 'Amina Yusuf asks: would this be for you?' })
  expect(question.textContent).toContain('I want to get about without falling')
  await press('Yes, put it in my plan')
  expect(screen.getByRole('region', { name: 'I want to get about without falling' })).toBeDefined()
  await press('No, because…')
  await type('Why not? A word is enough.', 'My shoes are fine')
  await press('Send my no')
})

test('an administrator sees what became of suggestions, and retires a template', async () => {
  await app.open('/insight', 'admin')
  expect(screen.getAllByText(/fewer than 5/).length).toBeGreaterThan(0)
  await press('Retire Falls')
  await type('Why, and who agrees', 'We use our own, the team agrees')
  const dialog = screen.getByRole('dialog')
  await app.user.click(within(dialog).getByRole('button', { name: 'Retire Falls' }))
  await app.settled()
  await app.open(`${root}/conversation`, 'tom')
  await press('Start from a common situation')
  const options = [...screen.getByLabelText('Which situation?').querySelectorAll('option')]
  expect(options.map(({ textContent }) => textContent)).not.toContain('Falls')
  await app.open('/today', 'tom')
})
