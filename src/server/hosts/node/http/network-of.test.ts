import type { IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { networkOf } from './network-of.ts'

const called = (remoteAddress: string, forwarded?: string) =>
  ({
    headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
    socket: { remoteAddress },
  }) as unknown as IncomingMessage

test.each([
  ['127.0.0.1', 'this machine'],
  ['::1', 'this machine'],
  ['::ffff:10.1.2.3', 'private network'],
  ['172.31.0.9', 'private network'],
  ['fd12::1', 'private network'],
  ['172.32.0.9', 'internet'],
  ['2001:db8::1', 'internet'],
  ['', ''],
])('a call from %s is from: %s', (address, network) => {
  expect(networkOf(called(address), false)).toBe(network)
})

test('behind a proxy the address that the proxy saw counts, whatever the caller wrote before it', () => {
  const forwarded = '10.0.0.1, 203.0.113.7'
  expect(networkOf(called('10.0.0.2', forwarded), true)).toBe('internet')
  expect(networkOf(called('10.0.0.2', forwarded), false)).toBe('private network')
  expect(networkOf(called('10.0.0.2', '<script>'), true)).toBe('')
})
