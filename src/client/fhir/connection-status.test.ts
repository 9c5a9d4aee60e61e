import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { noteLine, useLive } from './connection-status.ts'

beforeEach(() => {
  vi.useFakeTimers()
  noteLine('open')
})
afterEach(() => {
  vi.useRealTimers()
})

test('a short break is nobody’s concern', () => {
  noteLine('cut')
  vi.advanceTimersByTime(7_000)
  expect(useLive.getState().live).toBe(true)
  noteLine('open')
  vi.advanceTimersByTime(20_000)
  expect(useLive.getState().live).toBe(true)
})

test('a break that lasts is said, however often it was tried, until the line is open', () => {
  noteLine('cut')
  vi.advanceTimersByTime(5_000)
  noteLine('cut')
  vi.advanceTimersByTime(4_000)
  expect(useLive.getState().live).toBe(false)
  noteLine('open')
  expect(useLive.getState().live).toBe(true)
})
