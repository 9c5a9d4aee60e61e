import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { noteConnection, useConnectionStatus } from './connection-status.ts'

beforeEach(() => {
  vi.useFakeTimers()
  noteConnection('open')
})
afterEach(() => {
  vi.useRealTimers()
})

test('a short disconnect is not shown', () => {
  noteConnection('cut')
  vi.advanceTimersByTime(7_000)
  expect(useConnectionStatus.getState().live).toBe(true)
  noteConnection('open')
  vi.advanceTimersByTime(20_000)
  expect(useConnectionStatus.getState().live).toBe(true)
})

test('a longer disconnect is shown until the connection is open again, however many retries it takes', () => {
  noteConnection('cut')
  vi.advanceTimersByTime(5_000)
  noteConnection('cut')
  vi.advanceTimersByTime(4_000)
  expect(useConnectionStatus.getState().live).toBe(false)
  noteConnection('open')
  expect(useConnectionStatus.getState().live).toBe(true)
})
