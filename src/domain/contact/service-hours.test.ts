import type { HealthcareService } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { gableUrl } from '#domain/fhir/codes.ts'
import { isServiceOpen, serviceHoursFrom } from './service-hours.ts'

const service = (said: Partial<HealthcareService>): HealthcareService => ({
  resourceType: 'HealthcareService',
  telecom: [{ system: 'phone', value: '01632 960100' }],
  ...said,
})
const day = '01632 960100'
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
  expect(serviceHoursFrom(services, [day])).toBeUndefined()
})

test('all day is open at night and on a bank holiday, and not on a day of its own', () => {
  const hours = serviceHoursFrom(
    [
      service({
        availableTime: [{ allDay: true }],
        notAvailable: [
          { description: 'Training', during: { start: '2026-03-10', end: '2026-03-11' } },
        ],
      }),
    ],
    [day],
  )
  const at = (instant: string) => isServiceOpen(hours, { now: new Date(instant), zone })
  expect(at('2026-03-02T02:00:00Z')).toBe(true)
  expect(at('2026-03-11T23:30:00Z')).toBe(false)
  expect(at('2026-03-12T00:30:00Z')).toBe(true)
  expect(at('2026-12-25T12:00:00Z')).toBe(true)
})

test('an hour that comes twice counts twice: at half past one, before and after the clocks go back', () => {
  const hours = serviceHoursFrom(
    [
      service({
        availableTime: [
          { daysOfWeek: ['sun'], availableStartTime: '01:00:00', availableEndTime: '02:00:00' },
        ],
      }),
    ],
    [day],
  )
  const at = (instant: string) => isServiceOpen(hours, { now: new Date(instant), zone })
  expect([at('2026-10-25T00:30:00Z'), at('2026-10-25T01:30:00Z')]).toEqual([true, true])
  expect(at('2026-10-25T02:30:00Z')).toBe(false)
})

const office: HealthcareService['availableTime'] = [
  { daysOfWeek: ['mon'], availableStartTime: '08:00:00', availableEndTime: '18:00:00' },
]
const openAt = (services: readonly HealthcareService[], instant: string, numbers = [day]) =>
  isServiceOpen(serviceHoursFrom(services, numbers), { now: new Date(instant), zone })
const elsewhere = [{ system: 'phone' as const, value: '01632 960999' }]

test('an emergency department of the same organisation that is open does not open the day number', () => {
  const department = service({ telecom: elsewhere, availableTime: [{ allDay: true }] })
  expect(openAt([department, service({ availableTime: office })], '2026-03-02T22:00:00Z')).toBe(
    false,
  )
  expect(openAt([department], '2026-03-02T22:00:00Z')).toBeUndefined()
})

test('a service that does not name its number says nothing, nor one that names only one of two', () => {
  const silent = service({ telecom: [], availableTime: office })
  expect(openAt([silent], '2026-03-02T10:00:00Z')).toBeUndefined()
  const one = service({ availableTime: office })
  expect(openAt([one], '2026-03-02T10:00:00Z', [day, '01632 960999'])).toBeUndefined()
  expect(openAt([one], '2026-03-02T10:00:00Z', [])).toBeUndefined()
})

test('the holiday of one service closes neither another one with the same number nor one elsewhere', () => {
  const notAvailable = [
    { description: 'Holiday', during: { start: '2026-03-02', end: '2026-03-02' } },
  ]
  const away = service({ availableTime: office, notAvailable })
  const there = service({ availableTime: office })
  expect(openAt([away], '2026-03-02T10:00:00Z')).toBe(false)
  expect(openAt([away, there], '2026-03-02T10:00:00Z')).toBe(true)
  expect(openAt([{ ...away, telecom: elsewhere }, there], '2026-03-02T10:00:00Z')).toBe(true)
})

test('a bank holiday closes who has office hours only', () => {
  const inOffice = service({ availableTime: office })
  expect(openAt([inOffice], '2026-04-06T10:00:00Z')).toBe(false)
  const always = service({ availableTime: [{ allDay: true }] })
  expect(openAt([inOffice, always], '2026-04-06T10:00:00Z')).toBe(true)
})

test.each(['01632960100', '+44 1632 960100', '+44 (0)1632 960-100', '0044 1632 960100'])(
  '%s is the same number',
  (value) => {
    const same = service({ telecom: [{ system: 'phone', value }], availableTime: office })
    expect(openAt([same], '2026-03-02T10:00:00Z')).toBe(true)
  },
)

test.each([
  ['england-and-wales', true],
  ['scotland', false],
  [undefined, true],
] as const)('A service keeps the bank holidays of its own nation (%s)', (calendar, isOpen) => {
  const provider = { reference: 'Organization/surgery' }
  const hours = serviceHoursFrom(
    [service({ providedBy: provider, availableTime: [nine] })],
    [day],
    [
      {
        ...{ resourceType: 'Organization', id: 'surgery' },
        ...(calendar
          ? {
              extension: [
                {
                  url: gableUrl('follow-up-rule'),
                  extension: [{ url: 'calendar', valueCode: calendar }],
                },
              ],
            }
          : {}),
      },
    ],
  )
  // St Andrew’s Day, a Monday
  expect(isServiceOpen(hours, { now: new Date('2026-11-30T10:00:00Z'), zone })).toBe(isOpen)
})

const nine = { availableStartTime: '09:00:00', availableEndTime: '17:00:00' }
