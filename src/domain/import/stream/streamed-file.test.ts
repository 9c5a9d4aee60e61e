import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { inLanes } from '#domain/import/in-lanes.ts'
import { importPartsOf } from '#domain/import/parts.ts'
import { UnpacksTooLarge } from '#domain/import/unpack.ts'
import { listed } from '#test-support/worlds/listed.ts'
import { ReadingStopped, type StreamedFile } from './streamed-file.ts'

const today = '2026-11-22'
const part = 10_000

/** A file that counts how much of its latest reading was asked for. */
function countedFile(text: string | Uint8Array) {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text
  const counted = { asked: 0, readings: 0, closed: 0 }
  const file: StreamedFile = {
    size: bytes.length,
    stream() {
      counted.asked = 0
      counted.readings += 1
      return new ReadableStream({
        pull(onward) {
          if (counted.asked >= bytes.length) return onward.close()
          onward.enqueue(bytes.slice(counted.asked, counted.asked + part))
          counted.asked += part
        },
        cancel() {
          counted.closed += 1
        },
      })
    },
  }
  return { file, counted }
}

const people = (many: number) => [
  'Family name,Given name,Birth date,Postcode',
  ...Array.from({ length: many }, (_, at) => `Hill${at},Ann,1934-01-04,LS1 1AA`),
]
const patients = (many: number) =>
  Array.from({ length: many }, (_, at) =>
    JSON.stringify({ resourceType: 'Patient', id: `p-${at}`, name: [{ family: 'Hill' }] }),
  )
const readings = (many: number) =>
  Array.from({ length: many }, (_, at) =>
    JSON.stringify({
      ...{ resourceType: 'Observation', id: `o-${at}` },
      subject: { reference: `Patient/p-${at % 50}` },
    }),
  )
const costs = (many: number) => [
  'Line,NHS number,Admission date,Cost',
  ...Array.from({ length: many }, (_, at) => `L${at},9990000018,2026-01-05,12.50`),
]

async function partsIn(file: StreamedFile) {
  const parts = await importPartsOf(file, today)
  if ('why' in parts) throw new Error(parts.why)
  return parts
}

test.each([
  ['a list of people', people(30_000)],
  ['NDJSON of people', patients(20_000)],
  ['NDJSON about people, in two lanes', [...patients(50), ...readings(20_000)]],
  ['NDJSON in another order', [...readings(20_000), ...patients(50)]],
  ['lines of activity and cost', costs(30_000)],
])('%s is read as it is sent, and not all at once', async (_what, lines) => {
  const text = lines.join('\n')
  const { file, counted } = countedFile(text)
  const parts = await partsIn(file)
  let sent = 0
  let ahead = 0
  await inLanes(parts.chunks(), {
    isStopped: () => false,
    async send({ body }) {
      // of the last reading: so much was asked for and not sent
      ahead = Math.max(ahead, Math.min(counted.asked, text.length) - sent)
      sent += body.length
      await new Promise((resolve) => setTimeout(resolve))
    },
    take: () => {},
    isLast: () => false,
  })
  expect(sent).toBeGreaterThan(text.length / 2)
  expect(ahead).toBeLessThan(text.length / 2)
})

test('a reading that is stopped reads no further, and what was open is closed', async () => {
  const { file, counted } = countedFile(people(30_000).join('\n'))
  const stop = new AbortController()
  const onBytes = (read: number) => read > 100_000 && stop.abort()
  const looked = importPartsOf(file, today, {
    stop: stop.signal,
    onBytes: (read) => void onBytes(read),
  })
  await expect(looked).rejects.toBeInstanceOf(ReadingStopped)
  expect(counted.asked).toBeLessThan(300_000)
  const parts = await partsIn(file)
  const { closed } = counted
  await inLanes(parts.chunks(), {
    isStopped: () => false,
    send: () => Promise.resolve(),
    take: () => {},
    isLast: () => true,
  })
  expect(counted.closed).toBe(closed + 2)
  expect(counted.asked).toBeLessThan(500_000)
})

test('bytes are counted up to the size of the file, in however many readings', async () => {
  for (const lines of [patients(2_000), [...readings(600), ...patients(600)]]) {
    const { file } = countedFile(lines.join('\n'))
    const seen: number[] = []
    await listed((await partsIn(file)).chunks({ onBytes: (read) => seen.push(read) }))
    expect(seen).toEqual(seen.toSorted((a, b) => a - b))
    expect(seen.at(-1)).toBe(file.size)
  }
})

test.each([
  ['a list', people(3).join('\n').slice(0, -12), true],
  ['a quotation mark that is never closed', `${people(3).join('\n')}\n"Hill,Ann`, true],
  ['NDJSON', patients(3).join('\n').slice(0, -12), true],
  ['lines of cost', costs(3).join('\n').slice(0, -8), true],
  ['a whole list', people(3).join('\n'), false],
  ['whole NDJSON', patients(3).join('\n'), false],
  ['whole lines of cost', costs(3).join('\n'), false],
])('%s: whether it was cut is known before anything is sent', async (_what, text, isCut) => {
  expect((await partsIn(countedFile(text).file)).isCut).toBe(isCut)
})

test('a line of cost in which the file stops goes as a broken one', async () => {
  const parts = await partsIn(countedFile(costs(2).join('\n').slice(0, -8)).file)
  const [chunk] = await listed(parts.chunks())
  expect(chunk?.body.split('\n').at(-1)).toBe('"broken"row')
})

test('a packed file that was cut is not read, and one that fills the memory neither', async () => {
  const whole = gzipSync(patients(5_000).join('\n'))
  expect(await listed((await partsIn(countedFile(whole).file)).chunks())).toHaveLength(10)
  await expect(partsIn(countedFile(whole.subarray(0, -20)).file)).rejects.toThrow('incomplete')
  const bomb = gzipSync(Buffer.alloc(40_000_000, ' '))
  await expect(partsIn(countedFile(bomb).file)).rejects.toBeInstanceOf(UnpacksTooLarge)
})

test('a file that ends in its middle while it is sent says so, and what was sent is taken', async () => {
  const text = patients(5_000).join('\n')
  const { file } = countedFile(text)
  let isGone = false
  const moved: StreamedFile = {
    ...file,
    stream: () => {
      if (!isGone) return file.stream()
      let left = 20
      return new ReadableStream({
        pull(onward) {
          left -= 1
          if (left < 0) throw new Error('the disk is gone')
          onward.enqueue(
            new TextEncoder().encode(text.slice((19 - left) * part, (20 - left) * part)),
          )
        },
      })
    },
  }
  const parts = await partsIn(moved)
  isGone = true
  let taken = 0
  const all = inLanes(parts.chunks(), {
    isStopped: () => false,
    send: ({ records }) => Promise.resolve(records),
    take(records) {
      taken += records
    },
    isLast: () => false,
  })
  await expect(all).rejects.toThrow('it cannot be read: the disk is gone')
  expect(taken).toBeGreaterThanOrEqual(1_000)
})
