import { expect, test } from 'vitest'
import { serialQueue } from './serial-queue.ts'

test('tasks run one after another in order, and each result goes to its caller', async () => {
  const queue = serialQueue()
  const order: string[] = []
  let finishFirst: () => void = () => undefined
  const first = queue(async () => {
    order.push('first begins')
    await new Promise<void>((resolve) => {
      finishFirst = resolve
    })
    order.push('first ends')
    return 1
  })
  const second = queue(async () => {
    order.push('second')
    return 2
  })
  await Promise.resolve()
  expect(order).toEqual(['first begins'])
  finishFirst()
  expect(await Promise.all([first, second])).toEqual([1, 2])
  expect(order).toEqual(['first begins', 'first ends', 'second'])
})

test('an error goes to its caller, and the next task runs all the same', async () => {
  const queue = serialQueue()
  const failed = queue(async () => {
    throw new Error('no')
  })
  const next = queue(async () => 'yes')
  await expect(failed).rejects.toThrow('no')
  expect(await next).toBe('yes')
})
