import { expect, test } from 'vitest'
import { retry } from './retry.ts'

const busy = new Error('busy')
const broken = new Error('broken')
const isWorthRetrying = (error: unknown) => error === busy

/** Fails with these errors, one per call, then returns the number of calls. */
function failing(...errors: readonly Error[]) {
  let calls = 0
  const task = async () => {
    const error = errors[calls]
    calls += 1
    if (error) throw error
    return calls
  }
  return { task, calls: () => calls }
}

test('an error worth retrying is tried again', async () => {
  expect(await retry(failing(busy, busy).task, { most: 3, isWorthRetrying })).toBe(3)
})

test('after the last attempt the error goes to the caller', async () => {
  const { task, calls } = failing(busy, busy, busy)
  await expect(retry(task, { most: 2, isWorthRetrying })).rejects.toBe(busy)
  expect(calls()).toBe(2)
})

test('any other error goes to the caller at once', async () => {
  const { task, calls } = failing(broken)
  await expect(retry(task, { most: 3, isWorthRetrying })).rejects.toBe(broken)
  expect(calls()).toBe(1)
})

test('the pause before each new attempt is asked for with the number of the failed one', async () => {
  const asked: number[] = []
  const pauseMs = (attempt: number) => {
    asked.push(attempt)
    return 0
  }
  await retry(failing(busy, busy).task, { most: 3, isWorthRetrying, pauseMs })
  expect(asked).toEqual([1, 2])
})

test('a result that is not final is followed by another attempt, and the last result is returned', async () => {
  const attempts: number[] = []
  const isDone = (result: string) => result === 'done'
  const task = async (attempt: number) => {
    attempts.push(attempt)
    return attempt === 3 ? 'done' : 'again'
  }
  expect(await retry(task, { most: 5, isDone })).toBe('done')
  expect(attempts).toEqual([1, 2, 3])
  expect(await retry(task, { most: 2, isDone })).toBe('again')
})

test('an error is not retried when only results are checked', async () => {
  const { task, calls } = failing(busy)
  await expect(retry(task, { most: 3, isDone: () => false })).rejects.toBe(busy)
  expect(calls()).toBe(1)
})

test('an error thrown before a promise exists is retried too', async () => {
  let calls = 0
  const task = () => {
    calls += 1
    if (calls < 3) throw busy
    return Promise.resolve(calls)
  }
  expect(await retry(task, { most: 3, isWorthRetrying })).toBe(3)
})
