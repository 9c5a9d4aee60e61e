import { expect, test } from 'vitest'
import { credentialKeys } from './load-limits.ts'

const token = 'a'.repeat(64)
const cookie = `other=1; __Host-gable=${token}`

test('an invented Authorization header beside a cookie is the same caller', () => {
  const keys = (authorization?: string, cookies = cookie) =>
    credentialKeys({ headers: { cookie: cookies, ...(authorization ? { authorization } : {}) } })
  const [own] = keys()
  expect(keys('x 1')).toEqual([own])
  expect(keys('Bearer nothing-of-ours')).toEqual([own])
  expect(keys('Bearer made.up.token')[0]).toBe(own)
  expect(keys(`Bearer ${token}`, '')).toEqual([own])
  expect(keys('x 1', '__Host-gable=short')).toEqual([])
  expect(keys('x 1', `${cookie}; __Host-gable=${token}`)).toEqual([])
})

test('a program is one caller, whatever cookie it sends', () => {
  const keys = (cookies: string) =>
    credentialKeys({ headers: { authorization: 'Bearer real.signed.token', cookie: cookies } })
  const [program] = keys('')
  expect(keys(cookie)).toContain(program)
})
