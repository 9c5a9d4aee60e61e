import { screen, waitFor, within } from '@testing-library/react'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { setOfflineResponder } from '#client/fhir/offline-responder.ts'
import { queryClient } from '#client/fhir/query-client.ts'
import { removeDownload } from '#client/offline/download-patients.ts'
import { downloadRecords } from '#client/offline/download-records.ts'
import { respondOffline } from '#client/offline/respond-offline.ts'
import { type OfflineStore, openOfflineStore } from '#client/offline/storage/offline-store.ts'
import { setOfflineStore, showOfflineState, useOffline } from '#client/offline/use-offline.ts'
import { addComment } from '#client/queries/care-plan/comments.ts'
import { saveGoal } from '#client/queries/care-plan/goals.ts'
import { planQueries } from '#client/queries/care-plan/plan.ts'
import { signInAs } from '#client/session/session.ts'
import { graceId } from '#demo-data/identities.ts'
import type { QueuedSave } from '#domain/sync/queued-save.ts'
import { machineNow } from '#test-support/clock.ts'
import { memoryShelf } from '#test-support/doubles/memory-indexeddb.ts'
import { type OpenApp, openApp } from '#test-support/screens/open-app.tsx'
import { recorded } from '#test-support/screens/send-form.ts'

let app: OpenApp
let device: OfflineStore

beforeAll(async () => {
  app = await openApp()
})
beforeEach(async () => {
  await app.open('/tasks', 'amina')
  device = await openOfflineStore({
    ...{ deviceKey: btoa('k'.repeat(32)), shelf: memoryShelf(), now: machineNow },
    until: () => '2999-01-01T00:00:00.000Z',
    onChange: () => device && showOfflineState(device),
  })
  setOfflineStore(device)
  await downloadRecords(device, [graceId])
  const isAway = () => useOffline.getState().isAway
  setOfflineResponder(respondOffline({ device: () => device, isAway, onLoss: async () => 'here' }))
})
afterEach(async () => {
  app.restoreCalls()
  await waitFor(() => expect(useOffline.getState().isSending).toBe(false))
  useOffline.setState({ isAway: false })
  setOfflineResponder(undefined)
  setOfflineStore(undefined)
  // sent saves make the screens load again
  await app.open('/tasks')
})
afterAll(async () => await app.close())

async function away(work: () => Promise<unknown>): Promise<void> {
  useOffline.setState({ isAway: true })
  await work()
  useOffline.setState({ isAway: false })
}

async function writeGoal(words: string): Promise<void> {
  queryClient.clear()
  const { goals, plan } = await queryClient.fetchQuery(planQueries.house(graceId))
  const base = goals.find(({ id }) => id === 'goal-g1')
  if (!base) throw new Error('The goal is gone')
  await saveGoal(plan, { base, mine: { ...base, words } })
}

const comment = (text: string) =>
  addComment({ id: crypto.randomUUID(), person: graceId, about: 'Goal/goal-g1', text })

/** A reading as an earlier version of the app may have stored it on the device. */
const readingOf = (id: string, more: object): QueuedSave => ({
  ...{ id, place: 1, at: machineNow().toISOString(), person: graceId, name: 'Grace Okafor' },
  records: [
    {
      mine: {
        ...{ resourceType: 'Observation', id, status: 'final', code: { text: 'Weight' } },
        ...{ subject: { reference: `Patient/${graceId}` }, valueString: `61 kg, ${id}` },
        ...more,
      },
    },
  ],
})

const main = () => screen.getByRole('main')
const press = async (name: string | RegExp, place = main()) => {
  await app.user.click(within(place).getByRole('button', { name }))
  await app.settled()
}
/** Sending is not a query of a page, so its end is polled. */
const shown = (words: string | RegExp) => screen.findByText(words, {}, { timeout: 10_000 })
const nothingLeft = () => shown('All your changes have been sent.')

describe('An unsent save on this device', () => {
  test('is listed with the person and the text, and is sent by “Send now”', async () => {
    await away(() => comment('She slept until six'))
    await app.open('/waiting')
    expect(screen.getByRole('heading', { name: 'To be sent' })).toBeTruthy()
    expect(screen.getByRole('heading', { name: 'A comment' })).toBeTruthy()
    expect(main().textContent).toContain('Grace Okafor, ')
    expect(main().textContent).toContain('She slept until six')
    expect(await recorded(app, 'She slept until six')).toEqual([])
    await press('Send now')
    await nothingLeft()
    expect(await recorded(app, 'She slept until six')).toEqual(['Communication'])
  })

  test('cannot be sent offline, and the page says when it will be sent', async () => {
    await away(() => comment('The rail is loose'))
    useOffline.setState({ isAway: true })
    await app.open('/waiting')
    expect(main().textContent).toContain('in this order, when you are connected again')
    expect(screen.queryByRole('button', { name: 'Send now' })).toBeNull()
    expect(main().textContent).toContain('The rail is loose')
  })

  test('that conflicts with another change of the text asks for a choice; an empty combined text is an error', async () => {
    await away(() => writeGoal('I want to walk to the sea'))
    await signInAs('karen')
    await writeGoal('I want to walk to the market')
    await signInAs('amina')
    await app.open('/waiting')
    await press('Send now')
    await shown('1 needs a decision')
    const choice = screen.getByRole('alert')
    expect(choice.textContent).toContain('Karen Lee')
    expect(choice.textContent).toContain('I want to walk to the market')
    expect(choice.textContent).toContain('I want to walk to the sea')
    await press('Combine both')
    const text = screen.getByLabelText('Combined text')
    await app.user.clear(text)
    await press('Save')
    expect(document.activeElement).toBe(text)
    expect(screen.getByText('Enter the combined text')).toBeTruthy()
    await app.user.type(text, 'I want to walk to the market and the sea')
    await press('Save')
    await nothingLeft()
    expect(await recorded(app, 'the market and the sea')).toContain('Goal')
  })

  test('that the server refused is shown with the reason and the text until it is deleted', async () => {
    await device.keepWaiting(readingOf('refused-1', { status: 'nonsense' }))
    await app.open('/waiting')
    await press('Send now')
    await shown('This was refused')
    expect(main().textContent).toMatch(/The service said: “.+”/)
    await press('Delete')
    const question = screen.getByRole('dialog')
    expect(question.textContent).toContain('nobody else has what you wrote')
    await press('Keep it', question)
    expect(screen.getByText('This was refused')).toBeTruthy()
    await press('Delete')
    await press('Delete', screen.getByRole('dialog'))
    await nothingLeft()
    expect(await recorded(app, 'refused-1')).toEqual([])
  })

  test('of a record that no longer exists says so', async () => {
    const { records, ...save } = readingOf('gone-1', {})
    const [record] = records
    if (!record) throw new Error('There is no record')
    await device.keepWaiting({ ...save, records: [{ base: record.mine, mine: record.mine }] })
    await app.open('/waiting')
    await press('Send now')
    await shown(/^The record no longer exists/)
  })

  test('that fails on the server stays unsent, with the error number, and is sent by “Try again”', async () => {
    await away(() => comment('Her ankles are thin again'))
    await app.open('/waiting')
    app.failCalls(500, ({ method }) => method === 'POST')
    await press('Send now')
    await shown('The service cannot process this change')
    expect(main().textContent).toContain('error 500')
    app.restoreCalls()
    await press('Try again')
    await nothingLeft()
    expect(await recorded(app, 'Her ankles are thin again')).toEqual(['Communication'])
  })
})

test('A download without a chosen person focuses the names, and starts once one is chosen', async () => {
  await removeDownload(graceId)
  await app.open('/today')
  const names = screen.getByRole('group', { name: 'Who are you visiting?' })
  for (const each of within(names).getAllByRole<HTMLInputElement>('checkbox'))
    if (each.checked) await app.user.click(each)
  await press('Download')
  const grace = within(names).getByRole('checkbox', { name: 'Grace Okafor' })
  expect(document.activeElement).toBe(grace)
  expect(names.textContent).toContain('Choose at least one person')
  await app.user.click(grace)
  await press('Download 1 person')
  await shown(/is on this device, encrypted,/)
})
