import { environmentManager, QueryObserver } from '@tanstack/react-query'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { exactJson, readExactly } from '#domain/decimal/digits.ts'
import { FhirError } from './fhir-error.ts'
import { queryClient } from './query-client.ts'
import { refetch } from './refetch.ts'

const isServer = environmentManager.isServer()
let answer: () => Promise<string>
let asked: number
let stop: () => void

beforeEach(async () => {
  vi.useFakeTimers()
  environmentManager.setIsServer(() => false)
  asked = 0
  answer = async () => 'before'
})
afterEach(() => {
  stop()
  queryClient.clear()
  environmentManager.setIsServer(() => isServer)
  vi.useRealTimers()
})

/** A page with one query. */
async function showPage(): Promise<void> {
  const queryFn = async () => {
    asked += 1
    return await answer()
  }
  const observer = new QueryObserver(queryClient, { queryKey: ['goal'], queryFn })
  stop = observer.subscribe(() => undefined)
  await vi.advanceTimersByTimeAsync(5_000)
}
const shown = () => queryClient.getQueryData(['goal'])
const fails = (facts: ConstructorParameters<typeof FhirError>[0]) => async () => {
  throw new FhirError(facts)
}
/** Simulates a change by somebody else, after which the first tries to fetch fail. */
async function change(): Promise<void> {
  void refetch()
  await vi.advanceTimersByTimeAsync(5_000)
}

test.each([
  ['the server failed', { status: 500 }, 3],
  ['there were too many requests', { status: 429 }, 3],
  ['the server is unavailable', { status: 503 }, 3],
  ['nothing answered', { kind: 'unreachable', status: 0 }, 3],
  ['there is no network', { kind: 'offline', status: 0 }, 1],
] as const)(
  'a failed refresh is tried again until it succeeds when %s',
  async (_why, facts, tries) => {
    await showPage()
    answer = fails(facts)
    await change()
    expect(asked).toBe(1 + tries)
    await vi.advanceTimersByTimeAsync(16_000)
    expect([asked, shown()], 'a round failed once more').toEqual([1 + 2 * tries, 'before'])
    answer = async () => 'after'
    await vi.advanceTimersByTimeAsync(20_000)
    expect(shown()).toBe('after')
    const enough = asked
    await vi.advanceTimersByTimeAsync(120_000)
    expect(asked).toBe(enough)
  },
)

test.each([
  ['no longer allowed', { status: 403 }],
  ['refused', { status: 400 }],
  ['not downloaded, without a network', { kind: 'not-downloaded', status: 0 }],
] as const)('data that is %s is not asked for again', async (_why, facts) => {
  await showPage()
  answer = fails(facts)
  await change()
  await vi.advanceTimersByTimeAsync(120_000)
  expect(asked).toBe(2)
})

test('a page without data shows the error and does not retry by itself', async () => {
  answer = fails({ status: 500 })
  await showPage()
  await vi.advanceTimersByTimeAsync(120_000)
  expect(asked).toBe(3)
})

test('Digits stay on screen when an answer is loaded again and another part of it has changed', async () => {
  stop = () => undefined
  const read = (name: string) => readExactly(`{"name":"${name}","list":[{"value":1.50}],"more":2}`)
  queryClient.setQueryData(['digits'], read('before'))
  queryClient.setQueryData(['digits'], read('after'))
  expect(exactJson(queryClient.getQueryData(['digits']))).toContain(
    '"after","list":[{"value":1.50}]',
  )
})
