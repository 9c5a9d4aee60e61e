import { QueryObserver } from '@tanstack/react-query'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { noteChangeEvent } from './change-events.ts'
import { gatherChanges } from './gather-changes.ts'
import { queryClient } from './query-client.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  queryClient.clear()
  vi.useRealTimers()
})

/** A worklist on screen whose response takes 300 ms. */
function openWorklist() {
  const tally = { begun: 0, cut: 0, shown: 0 }
  const observer = new QueryObserver(queryClient, {
    queryKey: ['today'],
    meta: { kinds: ['Task'] },
    queryFn: async ({ signal }) => {
      tally.begun += 1
      signal.addEventListener('abort', () => {
        tally.cut += 1
      })
      await new Promise((done) => setTimeout(done, 300))
      tally.shown += 1
      return tally.shown
    },
  })
  observer.subscribe(() => undefined)
  return tally
}

test('while changes keep coming a screen refreshes again and again, and no refresh is cut off', async () => {
  const tally = openWorklist()
  await vi.advanceTimersByTimeAsync(400)
  const tell = gatherChanges(new AbortController().signal, noteChangeEvent)
  const beat = setInterval(() => tell('Task'), 150)
  await vi.advanceTimersByTimeAsync(3_000)
  expect(tally.cut).toBe(0)
  expect(tally.shown).toBeGreaterThanOrEqual(9)
  clearInterval(beat)
  const { begun } = tally
  await vi.advanceTimersByTimeAsync(2_000)
  expect(tally.begun).toBeGreaterThan(begun)
  expect(tally.shown).toBe(tally.begun)
})

test('changes at the same time are fetched together, and none after listening has stopped', async () => {
  const listening = new AbortController()
  const rounds: (readonly string[])[] = []
  const tell = gatherChanges(listening.signal, async (kinds) => void rounds.push(kinds))
  for (const kind of ['Task', 'Goal', 'Task']) tell(kind)
  await vi.advanceTimersByTimeAsync(100)
  expect(rounds).toEqual([['Task', 'Goal']])
  tell('Goal')
  listening.abort()
  await vi.advanceTimersByTimeAsync(100)
  expect(rounds).toHaveLength(1)
})
