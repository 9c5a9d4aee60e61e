import { expect, test } from 'vitest'
import { sharesChanged } from './carer-shares.ts'

test('what was not ticked or unticked stays as it stands, whoever changed it meanwhile', () => {
  const from = { 'person-cared-for': ['carer-how'], 'their-team': ['carer-how'] } as const
  const to = { 'person-cared-for': ['carer-how', 'carer-needs'], 'their-team': [] } as const
  const standing = { 'person-cared-for': [], 'their-team': ['carer-how', 'carer-goals'] } as const
  expect(sharesChanged(standing, { from, to })).toEqual({
    'person-cared-for': ['carer-needs'],
    'their-team': ['carer-goals'],
  })
})
