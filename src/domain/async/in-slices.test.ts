import { expect, test } from 'vitest'
import { inSlices } from './in-slices.ts'

function* counting(steps: number, tick: () => void): Generator<void, string> {
  for (let at = 0; at < steps; at++) {
    tick()
    yield
  }
  return 'done'
}

test('work pauses whenever a slice has taken long enough, and its result comes through', async () => {
  let time = 0
  let pauses = 0
  const breathe = async () => {
    pauses += 1
  }
  const work = counting(10, () => {
    time += 4
  })
  expect(await inSlices(work, { breathe, clock: () => time, most: 8 })).toBe('done')
  expect(pauses).toBe(5)
})

test('work that fits into one slice does not pause', async () => {
  const breathe = async () => {
    throw new Error('paused')
  }
  const work = counting(10, () => undefined)
  expect(await inSlices(work, { breathe, clock: () => 0, most: 8 })).toBe('done')
})
