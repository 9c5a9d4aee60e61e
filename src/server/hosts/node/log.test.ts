import { afterEach, beforeEach, expect, test, vi } from 'vitest'

// a fresh copy of the module: another file may have left a logger that still has lines to write
vi.resetModules()
const { log } = await import('./log.ts')

let written: string[]

beforeEach(() => {
  vi.useFakeTimers()
  written = []
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    written.push(String(text))
    return true
  })
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
})

const lines = () =>
  written.map((text) =>
    text
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { event: string }).event),
  )

test('the log lines of many requests are written together, soon', () => {
  log('request', { status: 200 })
  log('request', { status: 404 })
  expect(written).toEqual([])
  vi.advanceTimersByTime(50)
  expect(lines()).toEqual([['request', 'request']])
})

test('a failure is written at once, after the requests before it', () => {
  log('request')
  log('failed')
  expect(lines()).toEqual([['request', 'failed']])
  vi.advanceTimersByTime(1_000)
  expect(written).toHaveLength(1)
})

test('lines not yet written are written when the process ends', () => {
  log('request')
  const atTheEnd = process.listeners('exit').findLast((each) => each.name === 'writeLog')
  atTheEnd?.(0)
  expect(lines()).toEqual([['request']])
})
