import type { HealthcareService } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { isServiceOpen, serviceHoursFrom } from './service-hours.ts'

const service = (said: Partial<HealthcareService>): HealthcareService => ({
  resourceType: 'HealthcareService',
  ...said,
})
const zone = 'Europe/London'

test.each([
  ['no service', []],
  [
    'a service that is no longer offered',
    [service({ active: false, availableTime: [{ allDay: true }] })],
  ],
  ['a service without times', [service({})]],
  [
    'a time that ends before it begins',
    [
      service({
        availableTime: [{ availableStartTime: '18:00:00', availableEndTime: '08:00:00' }],
      }),
    ],
  ],
])('%s has no recorded hours', (_title, services) => {
  expect(serviceHoursFrom(services)).toBeUndefined()
})

test('all day is open at night, and not on a bank holiday or a day of its own', () => {
  const hours = serviceHoursFrom([
    service({
      availableTime: [{ allDay: true }],
      notAvailable: [
        { description: 'Training', during: { start: '2026-03-10', end: '2026-03-11' } },
      ],
    }),
  ])
  const at = (instant: string) => isServiceOpen(hours, { now: new Date(instant), zone })
  expect(at('2026-03-02T02:00:00Z')).toBe(true)
  expect(at('2026-03-11T23:30:00Z')).toBe(false)
  expect(at('2026-03-12T00:30:00Z')).toBe(true)
  expect(at('2026-12-25T12:00:00Z')).toBe(false)
})

test('an hour that comes twice counts twice: at half past one, before and after the clocks go back', () => {
  const hours = serviceHoursFrom([
    service({
      availableTime: [
        { daysOfWeek: ['sun'], availableStartTime: '01:00:00', availableEndTime: '02:00:00' },
      ],
    }),
  ])
  const at = (instant: string) => isServiceOpen(hours, { now: new Date(instant), zone })
  expect([at('2026-10-25T00:30:00Z'), at('2026-10-25T01:30:00Z')]).toEqual([true, true])
  expect(at('2026-10-25T02:30:00Z')).toBe(false)
})
