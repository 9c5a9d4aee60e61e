import { expect, test } from 'vitest'
import { createStore } from '#server/store/create-store.ts'
import type { Change } from '#server/store/store.ts'
import { testNow } from '#test-support/clock.ts'
import { freshPglite } from '#test-support/worlds/lived-backup.ts'
import { retryUnmatched } from './retry-unmatched.ts'

test('A response waits for messages about the people it registered, not about others', async () => {
  const sql = await freshPglite()
  let tell: (changes: readonly Change[]) => void = () => undefined
  let found: () => void = () => undefined
  const asked = new Promise<{ rows: []; changed: number }>((resolve) => {
    found = () => resolve({ rows: [], changed: 0 })
  })
  const store = {
    ...createStore(sql),
    onChange: (listener: typeof tell) => {
      tell = listener
      return () => undefined
    },
  }
  const slow = { ...sql, query: () => asked as Promise<never> }
  const newcomers = retryUnmatched({ store, sql: slow, now: () => testNow, hl7Zone: 'UTC' })
  tell([{ seq: 1, type: 'Patient', id: 'theirs', version: 1, person: 'theirs', room: 'house' }])
  await newcomers(new Set(['ours']))
  let isDone = false
  const theirs = newcomers(new Set(['theirs'])).then(() => {
    isDone = true
  })
  await newcomers(new Set())
  expect(isDone).toBe(false)
  found()
  await theirs
})
