import type { Consent, Goal, Observation, Resource } from '@medplum/fhirtypes'
import { act, screen, within } from '@testing-library/react'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { useOffline } from '#client/offline/use-offline.ts'
import { graceId } from '#demo-data/identities.ts'
import { type OpenApp, openApp } from '#test-support/screens/open-app.tsx'

let app: OpenApp
const root = `/people/${graceId}/plan`
const main = () => screen.getByRole('main')

beforeAll(async () => {
  app = await openApp()
  const call = await app.server.as('grace')
  const goal = (await (await call('/fhir/Goal/goal-g1')).json()) as Goal
  const text = 'I want to walk to St Anne’s on a Sunday or a feast day, with someone beside me.'
  const json = { ...goal, description: { text } }
  const headers = { 'If-Match': 'W/"1"' }
  expect((await call('/fhir/Goal/goal-g1', { method: 'PUT', json, headers })).status).toBe(200)
})
afterAll(async () => await app.close())

test('two versions are compared in whole phrases, with who wrote them and what waits for a yes', async () => {
  await app.open(`${root}/compare`, 'amina')
  const row = screen.getByRole('listitem', { name: 'Goal' })
  expect(within(row).getByText('Changed')).toBeDefined()
  expect(row.querySelector('ins')?.textContent).toBe('now: or a feast day')
  expect(row.querySelector('del')).toBeNull()
  expect(row.textContent).toContain('Grace, own words')
  // her own words need no yes of hers
  expect(row.textContent).toContain('Agreed in version 2')
  expect(main().textContent).toContain('0 added, 1 changed, 0 ended')
  const table = screen.getByRole('table')
  // whoever answered, two versions, and what was suggested meanwhile
  expect(within(table).getAllByRole('columnheader')).toHaveLength(4)
  expect(within(table).getByRole('columnheader', { name: 'What is suggested' })).toBeDefined()
  expect(table.textContent).toContain('Yes, this is what I said.')

  await app.user.click(screen.getByRole('button', { name: 'Show them too' }))
  expect(main().textContent).toContain('I want to sleep past five.')
  await app.user.selectOptions(screen.getByLabelText('with'), '1')
  await app.settled()
  expect(main().textContent).toContain('Nothing is different')
  expect(main().textContent, 'what is only suggested makes no difference').toMatch(
    /0 added, 0 changed, 0 ended\. \d+ changes? (is|are) suggested/,
  )
})

test('an older plan says that it is old, and what was agreed', async () => {
  await app.open(`${root}/before?version=1`, 'amina')
  const notice = await screen.findByText(
    /^This is how the plan stood on .+ It is not today’s plan\.$/,
  )
  expect(notice).toBeDefined()
  expect(main().textContent).toContain('I want to walk to St Anne’s on a Sunday, with')
  expect(main().textContent).toContain('Grace said yes to this version')
  expect(main().textContent).not.toContain('feast day')
  expect(screen.queryByRole('button', { name: /Save|Write/ })).toBeNull()
})

test('a day without a plan, and a day to come, are answered in words', async () => {
  await app.open(`${root}/before?day=2001-01-01`, 'amina')
  expect(screen.getByRole('alert').textContent).toBe('This plan had not been started at that time')
  const day = screen.getByRole('group', { name: 'Which day?' })
  const [first, month, year] = within(day).getAllByRole('textbox')
  for (const [box, text] of [
    [first, '1'],
    [month, '1'],
    [year, '2999'],
  ] as const) {
    await app.user.clear(box as HTMLElement)
    await app.user.type(box as HTMLElement, text)
  }
  await app.user.click(screen.getByRole('button', { name: 'Show that day' }))
  expect(day.textContent).toContain('Choose a day that is not in the future')
})

test('the person compares in their own words', async () => {
  await app.open('/my/plan/compare', 'grace')
  const row = screen.getByRole('listitem', { name: 'Goal' })
  expect(row.textContent).toContain('Agreed in version 2')
  expect(screen.getByRole('heading', { name: 'What I want to do' })).toBeDefined()
})

test('the author of the last change undoes it after saving, and in the list of changes', async () => {
  await app.open(`${root}/goals/goal-g2`, 'amina')
  const write = async (words: string) => {
    await app.user.click(screen.getByRole('button', { name: /^Change/ }))
    const field = screen.getByLabelText('The goal, in the person’s own words')
    await app.user.clear(field)
    await app.user.type(field, words)
    await app.user.click(screen.getByRole('button', { name: 'Save' }))
    await app.settled()
  }
  await write('To sleep')
  await app.user.click(screen.getByRole('button', { name: 'Undo' }))
  await app.settled()
  expect(main().textContent).toContain('I want to sleep past five.')

  await write('To sleep until six')
  await app.open(`${root}/compare?from=2`, 'amina')
  expect(main().textContent).toContain('To sleep until six')
  act(() => useOffline.setState({ isAway: true }))
  expect(screen.queryByRole('button', { name: 'Undo my change' })).toBeNull()
  expect(main().textContent).toContain('You can undo your change when you are connected again')
  act(() => useOffline.setState({ isAway: false }))
  await app.user.click(screen.getByRole('button', { name: 'Undo my change' }))
  await app.settled()
  expect(main().textContent).not.toContain('To sleep until six')
})

test('a carer is told of no news in a room that is not shared', async () => {
  const call = await app.server.as('grace')
  const change = async <R extends Resource>(name: string, onto: (record: R) => R) => {
    const json = onto((await (await call(`/fhir/${name}`)).json()) as R)
    const headers = { 'If-Match': `W/"${json.meta?.versionId}"` }
    expect((await call(`/fhir/${name}`, { method: 'PUT', json, headers })).status).toBe(200)
  }
  await change<Observation>(`Observation/about-${graceId}-wellness`, (record) => ({
    ...record,
    valueString: 'A good day has a visitor in it.',
  }))
  const room = async () => {
    await app.open('/my', 'chidi')
    return within(main()).getByRole('heading', { name: 'About Grace' }).closest('li')?.textContent
  }
  expect(await room()).toContain('New to you')
  await change<Consent>('Consent/consent-g1', (record) => {
    const { class: rooms = [], ...rest } = record.provision ?? {}
    return { ...record, provision: { ...rest, class: rooms.filter(({ code }) => code !== 'me') } }
  })
  await app.open('/my/team', 'chidi')
  expect(await room()).toContain('Not shared with you')
  expect(await room()).not.toMatch(/New:|New to you/)
})
