import { screen, within } from '@testing-library/react'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { type OpenApp, openApp } from '#test-support/screens/open-app.tsx'
import { type FormToSend, recorded, sendForm } from '#test-support/screens/send-form.ts'

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
  await app.open('/insight/work', 'admin')
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

const chosen = (name: string | RegExp) => async () =>
  await app.user.click(screen.getByRole('radio', { name }))

type NewerForm = FormToSend &
  Readonly<{ what: string; who: string; path: string; opens?: string | RegExp }>

const newer: readonly NewerForm[] = [
  {
    ...{ what: 'whether somebody can decide', who: 'amina', path: `${root}/capacity` },
    ...{ opens: /There is doubt|Look at it again/, press: 'Record what I found' },
    ...{ field: 'Your reasons', words: 'She weighed up both ways' },
    rest: async () => {
      await type('What was done to help Grace decide', 'A quiet room, in the morning')
      await chosen('Yes, Grace can decide this')()
    },
  },
  {
    ...{ what: 'an answer given aloud', who: 'amina', path: `${root}/record-answer` },
    ...{ press: 'Record the answer', field: 'In their own words', words: 'Not on Sundays' },
    rest: async () => {
      await chosen(/^Aloud/)()
      await chosen('An advocate')()
      await type('Name of the advocate', 'Mary Cole')
      await chosen('Not like this')()
    },
  },
  {
    ...{ what: 'what the person prepares', who: 'grace', path: '/my/prepare' },
    ...{ press: 'Send my changes', field: 'What is going well', words: 'The new chair helps' },
  },
  {
    ...{ what: 'why a goal matters', who: 'amina', path: goalPage, opens: 'Say why it matters' },
    ...{ press: 'Save', asksFor: 'Why do you think it matters?' },
    ...{ field: 'Why do you think it matters?', words: 'She meets her friends there' },
  },
  {
    ...{ what: 'whether somebody agrees with a goal', who: 'grace', path: '/my/goals/goal-g1' },
    ...{ opens: 'Say whether you agree with this goal', press: 'Save' },
    ...{ field: 'Why? You can leave this empty.', words: 'It keeps me going' },
    rest: chosen('Yes'),
  },
]

test.each(newer)('the form for $what loses nothing that is typed', async (form) => {
  await app.open(form.path, form.who)
  if (form.opens) await press(form.opens)
  const before = { ...form, rest: async () => undefined }
  if (form.rest) await form.rest(app)
  await sendForm(app, form.rest ? before : form)
})

test('what to do if things get worse is still there after the service failed', async () => {
  await app.open(`${root}/roof`, 'amina')
  await press('Change what to do if things get worse')
  const sign = () => screen.getAllByLabelText<HTMLInputElement>('Warning signs')[0]
  const field = sign()
  if (!field) throw new Error('There is no field')
  await app.user.clear(field)
  await app.user.type(field, 'She sleeps in the chair')
  app.failCalls(500)
  await press('Save')
  expect(screen.getAllByRole('alert').length).toBeGreaterThan(0)
  expect(sign()?.value).toBe('She sleeps in the chair')
  app.restoreCalls()
  await press('Save')
  expect(await recorded(app, 'She sleeps in the chair')).toContain('CarePlan')
})

test('a level that was chosen for a score is still chosen after the service failed, and is sent once', async () => {
  await app.open(goalPage, 'tom')
  await press('Say how far Grace has come')
  const [level] = screen.getAllByRole<HTMLInputElement>('radio', { name: /\(−1\)|\(-1\)/ })
  if (!level) throw new Error('There are no levels')
  await app.user.click(level)
  app.failCalls(500)
  await press('Save')
  expect(screen.getAllByRole('alert').length).toBeGreaterThan(0)
  expect(level.checked).toBe(true)
  app.restoreCalls()
  await press('Save')
  const { rows } = await app.server.sql.query(
    `select 1 from resource where rt = 'Observation' and content::text like '%goal-attainment-score%'
       and content #>> '{performer,0,reference}' = 'Practitioner/tom-price' and room = 'alone'`,
  )
  expect(rows).toHaveLength(1)
})
