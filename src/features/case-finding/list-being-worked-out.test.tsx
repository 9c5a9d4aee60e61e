import type { Parameters as FhirParameters } from '@medplum/fhirtypes'
import { screen, waitFor } from '@testing-library/react'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { askAgainAfter, queryClient } from '#client/fhir/query-client.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { type OpenApp, openApp } from '#test-support/screens/open-app.tsx'

let app: OpenApp

const somebody = (id: string): readonly ResourceWithId[] => [
  {
    ...{ resourceType: 'Patient', id, birthDate: '1950-01-01' },
    name: [{ family: id, given: ['Zoë'] }],
    generalPractitioner: [{ reference: 'Organization/brook-surgery' }],
  },
  {
    ...{ resourceType: 'Condition', id: `${id}-copd`, subject: { reference: `Patient/${id}` } },
    code: { coding: [{ system: 'http://snomed.info/sct', code: '13645005' }] },
  },
]

beforeAll(async () => {
  app = await openApp(['Abel', 'Bennet', 'Cole', 'Dunn'].flatMap(somebody))
})
afterAll(async () => await app.close())

/** The service as it answers while people are left to work out; `spoil` may change what it says. */
function whileWorking(spoil: (found: FhirParameters) => FhirParameters = (found) => found) {
  const send = globalThis.fetch
  const asked: string[] = []
  const state = { left: 50, isDown: false }
  globalThis.fetch = async (input, init) => {
    if (!String(input).includes('$find-people')) return await send(input, init)
    asked.push(String(init?.body))
    const isProgress = String(init?.body).includes('leftOnly')
    if (state.isDown && isProgress) return new Response('{}', { status: 503 })
    const found = (await (await send(input, init)).json()) as FhirParameters
    const left = [
      { name: 'notWorkedOut', valueInteger: state.left },
      { name: 'stepsLeft', valueInteger: 2 * state.left },
    ]
    const parameter = [...(found.parameter ?? []), ...(state.left > 0 ? left : [])]
    return Response.json(spoil({ ...found, parameter }))
  }
  onTestFinished(() => {
    globalThis.fetch = send
  })
  return {
    state,
    /** how many calls asked for rows, and how many only how much is left */
    counts: () => {
      const progress = asked.filter((body) => body.includes('leftOnly')).length
      return { lists: asked.length - progress, progress }
    },
    last: () => asked.at(-1),
  }
}

const namesShown = () =>
  screen.getAllByRole('link', { name: /, Zoë$/ }).map(({ textContent }) => textContent)

test('a list that is still being worked out says how far it is, can be stopped, and says then that it is not up to date', async () => {
  const service = whileWorking()
  await app.begin('/find?order=frailty', 'amina')
  expect(await screen.findByLabelText('Working out lists: 0%')).toBeTruthy()
  service.state.left = 30
  expect(await screen.findByLabelText('Working out lists: 40%')).toBeTruthy()
  expect(service.last()).not.toContain('asItIs')
  await app.user.click(screen.getByRole('button', { name: 'Stop' }))
  await app.settled()
  expect(screen.getByRole('alert').textContent).toContain('30 people are shown and counted as they')
  expect(service.last(), 'only whether others do it').toContain('asItIs')
  expect(service.counts().lists).toBe(1)
  service.state.left = 0
  await app.user.click(screen.getByRole('button', { name: 'Work it out now' }))
  await app.user.click(await screen.findByRole('button', { name: 'Show the new order' }))
  await waitFor(() => expect(screen.queryByText('This list is worked out')).toBeNull())
  expect(screen.queryByText(/not up to date/)).toBeNull()
})

test('no row moves while people are worked out, until the reader asks for the new order', async () => {
  let isTurned = false
  const service = whileWorking((found) => {
    if (!isTurned) return found
    const all = found.parameter ?? []
    const people = all.filter(({ name }) => name === 'person').toReversed()
    return { ...found, parameter: [...all.filter(({ name }) => name !== 'person'), ...people] }
  })
  await app.begin('/find?order=frailty', 'amina')
  await screen.findByLabelText('Working out lists: 0%')
  const before = namesShown()
  expect(before.length).toBeGreaterThan(2)
  isTurned = true
  await waitFor(() => expect(service.counts().progress).toBeGreaterThan(2), {
    timeout: 5_000,
  })
  expect(service.counts().lists, 'nobody is shown again by a poll').toBe(1)
  // somebody else decided about somebody: the list is loaded again meanwhile
  await queryClient.invalidateQueries({ queryKey: ['find-people'] })
  expect(service.counts().lists).toBe(2)
  expect(namesShown()).toEqual(before)
  service.state.left = 0
  const show = await screen.findByRole('button', { name: 'Show the new order' })
  expect(namesShown()).toEqual(before)
  await app.user.click(show)
  await app.settled()
  expect(namesShown()).toEqual(before.toReversed())
})

test('while the service does not answer, working out waits as long as anything else that failed', async () => {
  const service = whileWorking()
  await app.begin('/find?order=frailty', 'amina')
  await screen.findByLabelText('Working out lists: 0%')
  const waits = vi.spyOn(globalThis, 'setInterval')
  onTestFinished(() => waits.mockRestore())
  service.state.isDown = true
  expect(
    await screen.findByLabelText(/The service does not answer/, {}, { timeout: 5_000 }),
  ).toBeTruthy()
  const [failed, from] = [service.counts().progress, waits.mock.calls.length]
  await new Promise((resolve) => setTimeout(resolve, 500))
  expect(service.counts().progress).toBe(failed)
  expect(waits.mock.calls.slice(from).filter(([, every = 0]) => every < 1_000)).toEqual([])
  service.state.isDown = false
  await queryClient.refetchQueries({ queryKey: ['left-to-work-out'] })
  expect(await screen.findByLabelText('Working out lists: 0%')).toBeTruthy()
})

test('a list that could not be loaded again is asked for again after a while', async () => {
  await app.open('/find?order=frailty', 'amina')
  const waits = vi.spyOn(globalThis, 'setInterval')
  onTestFinished(() => waits.mockRestore())
  app.failCalls(503, ({ path }) => path.includes('$find-people'))
  await queryClient.invalidateQueries({ queryKey: ['find-people'] })
  await app.settled()
  expect(screen.getByText('The list could not be loaded')).toBeTruthy()
  expect(waits.mock.calls.map(([, every]) => every)).toContain(askAgainAfter)
  app.restoreCalls()
})
