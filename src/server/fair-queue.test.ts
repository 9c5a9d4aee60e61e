import { expect, test } from 'vitest'
import { fairQueue } from './fair-queue.ts'

const settled = () => new Promise((resolve) => setImmediate(resolve))

test('one caller holds a limited number of turns, and a caller with fewer goes first', async () => {
  const turns = fairQueue({ each: 2, all: 3 })
  const order: string[] = []
  const leaves: (() => void)[] = []
  const enter = (who: string) =>
    void turns.enter(who).then((leave) => order.push(who) && leaves.push(leave))
  for (const who of ['a', 'a', 'a', 'a', 'b', 'b', 'c']) enter(who)
  await settled()
  expect(order).toEqual(['a', 'a', 'b'])
  leaves[0]?.()
  await settled()
  // c has no place, and a has waited for longer
  expect(order).toEqual(['a', 'a', 'b', 'c'])
  for (const leave of leaves.splice(0)) leave()
  await settled()
  for (const leave of leaves.splice(0)) leave()
  await settled()
  expect(order.toSorted()).toEqual(['a', 'a', 'a', 'a', 'b', 'b', 'c'])
})

test('a turn is released once, however often its release is called', async () => {
  const turns = fairQueue({ each: 1 })
  const leave = await turns.enter('a')
  leave()
  leave()
  await turns.enter('a')
  const waits = turns.enter('a').then(() => 'in')
  expect(await Promise.race([waits, settled().then(() => 'waiting')])).toBe('waiting')
})

test('a caller beyond the waiting limit is refused with 429', async () => {
  const turns = fairQueue({ each: 1, waiting: 2 })
  const leave = await turns.enter('a')
  const waiting = [turns.enter('a'), turns.enter('a')]
  await expect(turns.enter('a')).rejects.toMatchObject({ status: 429, code: 'throttled' })
  await turns.enter('b')
  leave()
  for (const each of waiting) (await each)()
})
