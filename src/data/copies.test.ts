import { afterAll, expect, test } from 'vitest'
import { checkTrail } from './copies.ts'

const browserFetch = globalThis.fetch
afterAll(() => {
  globalThis.fetch = browserFetch
})

test('walking the trail is asked for once, and nothing cuts it short', async () => {
  const asked: (RequestInit | undefined)[] = []
  globalThis.fetch = async (_, init) => {
    asked.push(init)
    return Response.json({ resourceType: 'OperationOutcome', issue: [] }, { status: 503 })
  }
  await expect(checkTrail()).rejects.toMatchObject({ kind: 'broken' })
  expect(asked).toHaveLength(1)
  expect(asked[0]?.signal).toBeUndefined()
})
