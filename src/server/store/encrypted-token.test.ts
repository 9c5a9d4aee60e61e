import { expect, test } from 'vitest'
import { freshPglite } from '#test-support/worlds/lived-backup.ts'
import { decryptToken, encryptToken } from './encrypted-token.ts'

test('A search with a very long query has a next page too', async () => {
  const sql = await freshPglite()
  const query = 'x'.repeat(300_000)
  expect(await decryptToken(sql, 'page', await encryptToken(sql, 'page', { query }))).toEqual({
    query,
  })
})
