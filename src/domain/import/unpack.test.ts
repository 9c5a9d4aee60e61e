import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { UnpacksTooLarge, unpack } from './unpack.ts'

test('a file that unpacks to a thousand times its size is refused before it fills the memory', async () => {
  const bomb = new Blob([gzipSync(Buffer.alloc(300_000_000))])
  const before = process.memoryUsage().arrayBuffers
  let most = 0
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().arrayBuffers - before)
  }, 1)
  await expect(unpack(bomb)).rejects.toBeInstanceOf(UnpacksTooLarge)
  clearInterval(watch)
  expect(most).toBeLessThan(150_000_000)
})

test('a packed file of ordinary records is unpacked whole', async () => {
  const lines = Array.from({ length: 200_000 }, (_, at) => `{"id":"r${at}","value":${at % 977}}`)
  const bytes = Buffer.from(lines.join('\n'))
  expect(Buffer.from(await unpack(new Blob([gzipSync(bytes)]))).equals(bytes)).toBe(true)
})

test.each([3, 12, 40])(
  'a packed file that was cut after %i bytes is reported as incomplete',
  async (bytes) => {
    const whole = gzipSync(Buffer.from('{"id":"r1"}\n'.repeat(2_000)))
    await expect(unpack(new Blob([whole.subarray(0, bytes)]))).rejects.toThrow('may be incomplete')
  },
)
