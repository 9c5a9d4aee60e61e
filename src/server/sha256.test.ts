import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sha256Anywhere, sha256Hex } from './sha256.ts'

test('the hash of a text is the SHA-256 of its UTF-8', () => {
  // the example “abc” of FIPS 180-4
  const abc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
  expect([sha256Hex('abc'), sha256Anywhere('abc')]).toEqual([abc, abc])
})

test('a text has the same hash in the browser and on a server', () => {
  const anyText = fc.string({ unit: 'binary', maxLength: 300 })
  fc.assert(fc.property(anyText, (text) => sha256Hex(text) === sha256Anywhere(text)))
})

test('half a surrogate pair has the same hash too', () => {
  expect(sha256Hex('a\ud800b')).toBe(sha256Anywhere('a\ud800b'))
})
