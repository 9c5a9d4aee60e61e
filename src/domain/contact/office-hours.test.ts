import type { HealthcareService } from '@medplum/fhirtypes'
import { describe, expect, test } from 'vitest'
import { officeHoursFault, officeHoursFrom, slotFault, withOfficeHours } from './office-hours.ts'
import { isServiceOpen, serviceHoursFrom } from './service-hours.ts'

const service: HealthcareService & { id: string } = {
  ...{ resourceType: 'HealthcareService', id: 'brook-telephone', active: true, comment: 'Kept' },
  telecom: [{ system: 'phone', value: '01632 960100' }],
}
const morning = { from: '08:00', until: '12:30' }
const afternoon = { from: '13:30', until: '18:00' }
const empty = officeHoursFrom(undefined)
const withBreak = { ...empty, week: { ...empty.week, mon: [morning, afternoon], tue: [morning] } }

describe('Hours that an administrator writes down', () => {
  test('are the same when they are read again, and what else the service says stays', () => {
    const closed = [{ from: '2026-03-04', until: '2026-03-05', why: 'Training' }]
    const stored = withOfficeHours(service, { ...withBreak, onHolidays: true, closed })
    expect(officeHoursFrom(stored)).toEqual({ ...withBreak, onHolidays: true, closed })
    expect(stored.comment).toBe('Kept')
    expect(stored.availableTime).toHaveLength(2)
  })

  test('can end at midnight', () => {
    const late = { ...empty, week: { ...empty.week, sat: [{ from: '18:00', until: '24:00' }] } }
    expect(officeHoursFrom(withOfficeHours(service, late))).toEqual(late)
  })

  test.each([
    ['a bank holiday is closed', false, false],
    ['a bank holiday is open if the service says so', true, true],
  ])('%s', (_title, onHolidays, isOpen) => {
    const stored = withOfficeHours(service, { ...withBreak, onHolidays })
    const hours = serviceHoursFrom([stored], ['01632 960100'])
    // Easter Monday
    const now = new Date('2026-04-06T09:00:00Z')
    expect(isServiceOpen(hours, { now, zone: 'Europe/London' })).toBe(isOpen)
  })

  test.each([
    ['a line that is left empty says nothing', [{ from: '', until: '' }], undefined],
    ['a break between two times', [morning, afternoon], undefined],
    ['a time without its end', [{ from: '08:00', until: '' }], 'no-time'],
    ['a time that is none', [{ from: '8', until: '18:00' }], 'no-time'],
    ['an end before the beginning', [{ from: '18:00', until: '08:00' }], 'no-end'],
    ['two times that overlap', [morning, { from: '12:00', until: '18:00' }], 'overlap'],
  ])('of one day: %s', (_title, slots, fault) => {
    expect(slotFault(slots)).toBe(fault)
  })

  test('closed days end after they begin', () => {
    const during = { start: '2026-03-05', end: '2026-03-04' }
    const wrong = { ...service, notAvailable: [{ description: 'Training', during }] }
    expect(officeHoursFault(wrong)).toMatch(/before the first/)
  })
})
