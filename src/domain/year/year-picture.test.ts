import { expect, test } from 'vitest'
import type { Contact } from '#domain/contact/contact.ts'
import type { WardStay } from '#domain/discharge/ward-stay.ts'
import { gableUrl } from '#domain/fhir/codes.ts'
import type { Reading } from '#domain/reading/reading.ts'
import { yearEnd } from './year-end.ts'
import { type YearFacts, yearAlertFrom } from './year-facts.ts'
import { yearFindings } from './year-findings.ts'
import { yearPicture } from './year-picture.ts'
import { monthsIn, placeInSpan, spanAsked, yearsSince } from './year-span.ts'

const today = '2026-11-23'
const nothing: YearFacts = {
  ...{ story: [], stays: [], contacts: [], readings: [], limits: [], alerts: [], worries: [] },
  ...{ versions: [], words: [] },
}
const zone = 'Europe/London'
const drawn = (facts: Partial<YearFacts>, asked = 'year', died?: string | true) => {
  const all = { ...nothing, ...facts }
  const end = yearEnd(all, died, { today, zone })
  return yearPicture(all, { ...end, zone, span: spanAsked(asked, today) })
}
const drawnIn = (facts: Partial<YearFacts>, from: string, until: string) =>
  yearPicture({ ...nothing, ...facts }, { today, ends: 'today', zone, span: { from, until } })

const contact = (at: string, reached = true, way: Contact['way'] = 'call'): Contact => ({
  ...{ id: at, person: 'p', way, reached, words: '', at },
  by: { reference: 'Practitioner/a', name: 'Amina Yusuf', voice: 'professional' },
})
const stay = (from: string, until?: string): WardStay => ({
  ...{
    id: from,
    person: 'p',
    from,
    isDepartment: false,
    ward: 'Ward 6',
    hospital: 'H',
    reason: 'Fall',
  },
  ...(until ? { until } : {}),
})
const weight = (at: string, value: number): Reading => ({
  id: at,
  person: 'p',
  kind: 'weight',
  value,
  at,
})

test.each([
  [null, '2025-11-24', '2026-11-23'],
  ['year', '2025-11-24', '2026-11-23'],
  ['quarter', '2026-08-25', '2026-11-23'],
  ['2024', '2024-01-01', '2024-12-31'],
  ['20245', '2025-11-24', '2026-11-23'],
])('the span asked for as %s is %s to %s', (asked, from, until) => {
  expect(spanAsked(asked, today)).toEqual({ from, until })
})

test('months begin where they begin, and a leap day has its place', () => {
  const span = spanAsked('2024', today)
  expect(monthsIn(span)).toHaveLength(12)
  expect(monthsIn(span)[2]).toBe('2024-03-01')
  expect(placeInSpan('2024-02-29', span) * 366).toBeCloseTo(59.5)
  expect(monthsIn(spanAsked('year', today))[0]).toBe('2025-12-01')
})

test('years to choose go back to the first day known, and no further than 15', () => {
  expect(yearsSince(['2024-05-01', '2025-01-01'], today)).toEqual(['2026', '2025', '2024'])
  expect(yearsSince([], today)).toEqual(['2026'])
  expect(yearsSince(['1934-01-04'], today)).toHaveLength(15)
})

test('a call at half past midnight is on the day of the service, whatever the day in UTC', () => {
  const { contacts } = drawn({ contacts: [contact('2026-06-30T23:30:00Z')] })
  expect(contacts[0]?.made[0]?.day).toBe('2026-07-01')
})

test('two weeks without contact before a stay are a gap, thirteen days are none', () => {
  const facts = (last: string) => ({
    contacts: [contact(`${last}T09:00:00Z`), contact('2026-10-09T09:00:00Z')],
    stays: [stay('2026-09-27T10:00:00Z', '2026-10-04T10:00:00Z')],
  })
  expect(drawn(facts('2026-09-13')).gaps).toEqual([
    { from: '2026-09-13', until: '2026-09-27', days: 14, before: true },
  ])
  expect(drawn(facts('2026-09-14')).gaps).toEqual([])
  expect(yearFindings(drawn(facts('2026-09-13'))).afterGap).toHaveLength(1)
  expect(yearFindings(drawn(facts('2026-09-14'))).afterGap).toEqual([])
})

test('sixty days without a contact are a gap, also up to today; a try that reached nobody ends none', () => {
  const last = contact('2026-09-24T09:00:00Z')
  const missed = contact('2026-11-01T09:00:00Z', false)
  expect(drawn({ contacts: [last, missed] }).gaps).toEqual([
    { from: '2026-09-24', until: today, days: 60, before: false },
  ])
  expect(drawn({ contacts: [contact('2026-09-25T09:00:00Z')] }).gaps).toEqual([])
  expect(yearFindings(drawn({ contacts: [last, missed] }))).toMatchObject({
    contacts: 1,
    missed: 1,
  })
})

test('days in hospital are no days without anybody', () => {
  const stays = [stay('2026-06-01', '2026-09-20')]
  const contacts = [contact('2026-05-31T09:00:00Z'), contact('2026-10-01T09:00:00Z')]
  expect(drawn({ stays, contacts }).gaps).toEqual([])
})

test('a stay that began before the span is drawn, and counts its own nights only', () => {
  const { stays } = drawn({ stays: [stay('2025-11-20', '2025-11-30'), stay('2026-11-20')] })
  expect(stays.map(({ days, isOpen }) => [days, isOpen])).toEqual([
    [10, false],
    [3, true],
  ])
  expect(yearFindings(drawn({ stays: [stay('2026-11-20')] })).nights).toBe(3)
})

test('a reading above the limit is named, and how long before the stay; long silence is said', () => {
  const facts = {
    readings: [weight('2026-09-01', 70), weight('2026-09-14', 72.4), weight('2026-09-15', 73)],
    limits: [{ kind: 'weight' as const, high: 72.2, since: '2026-01-01' }],
    stays: [stay('2026-09-27', '2026-10-04')],
  }
  const picture = drawn(facts)
  expect(picture.readings[0]).toMatchObject({
    ...{ outside: ['2026-09-14', '2026-09-15'], silentSince: '2026-09-15' },
  })
  expect(yearFindings(picture).signs).toMatchObject([{ since: '2026-09-14', days: 13 }])
  const lately = { ...facts, readings: [...facts.readings, weight('2026-09-24', 70)] }
  expect(drawn(lately).readings[0]?.silentSince).toBeUndefined()
})

test('what has only a year or a month is told apart, and not put on a day', () => {
  const event = { id: 'c', kind: 'condition', act: 'began', source: 'Condition/c' } as const
  const named = { as: 'words', text: 'Heart failure' } as const
  const picture = drawn({
    story: [
      { ...event, id: 'a', at: '2026-03', named },
      { ...event, id: 'b', at: '2026-03-02', named },
      { ...event, id: 'c', at: '2019', named },
    ],
  })
  expect(picture.happened.map(({ it }) => it.id)).toEqual(['b'])
  expect(picture.withoutDay.map(({ id }) => id)).toEqual(['a'])
})

test('help that is not there yet is told from help that is', () => {
  const help = {
    id: 'h',
    kind: 'service',
    named: { as: 'words', text: 'Meals' },
    source: 's',
  } as const
  const picture = drawn({
    story: [
      { ...help, act: 'arranged', at: '2024-01-01' },
      { ...help, id: 'n', act: 'asked-for', at: '2026-10-02' },
      { ...help, id: 'o', act: 'offered', at: '2026-10-02' },
    ],
  })
  expect(picture.help.map(({ id, from, missing }) => [id, from, missing])).toEqual([
    ['h', '2025-11-24', false],
    ['n', '2026-10-02', true],
  ])
})

test('an alert has its day; a Flag about something else is none', () => {
  const flag = { resourceType: 'Flag', status: 'active', subject: {}, code: {} } as const
  const safety = { category: [{ coding: [{ code: 'safety' }] }], period: { start: '2026-05-01' } }
  expect(yearAlertFrom({ ...flag, ...safety, id: 'f' })).toEqual({
    ...{ id: 'f', at: '2026-05-01', about: { as: 'safety' } },
  })
  expect(yearAlertFrom({ ...flag, period: { start: '2026-05-01' } })).toBeUndefined()
})

test('an alert of a reading is called by it, never safety; others by their own text, or left out', () => {
  const about = (reference: string, code: object) =>
    yearAlertFrom(
      {
        ...{ resourceType: 'Flag', status: 'active', subject: {}, code },
        period: { start: '2026-05-01' },
        extension: [{ url: gableUrl('about'), valueReference: { reference } }],
      },
      [weight('2026-04-30', 70)],
    )?.about
  const outside = { coding: [{ code: 'reading-outside-limits' }] }
  expect(about('Observation/2026-04-30', outside)).toEqual({ as: 'reading', kind: 'weight' })
  expect(about('Observation/other', outside)).toEqual({ as: 'reading' })
  expect(about('Encounter/e', { text: 'Home alone' })).toEqual({ as: 'words', text: 'Home alone' })
  expect(about('Encounter/e', { coding: [{ code: 'home-from-hospital' }] })).toBeUndefined()
})

test('after a death nobody is missed', () => {
  const facts = { contacts: [contact('2026-08-01T09:00:00Z')] }
  expect(drawn(facts).gaps).toHaveLength(1)
  expect(drawn(facts, 'year', '2026-08-20').gaps).toEqual([])
  expect(drawn(facts, 'year', '2026-08-20').ends).toBe('death')
})

test.each([[true], ['2026'], ['2026-10']] as const)(
  'after a death of which the day is not recorded (%s), nothing is missing after the last record',
  (died) => {
    const help = { kind: 'service', named: { as: 'words', text: 'Meals' }, source: 's' } as const
    const picture = drawn(
      {
        contacts: [contact('2026-08-01T09:00:00Z')],
        stays: [stay('2026-08-20')],
        story: [{ ...help, id: 'h', act: 'arranged', at: '2026-02-01' }],
      },
      'year',
      died,
    )
    expect(picture).toMatchObject({ today: '2026-08-20', ends: 'last-record' })
    expect(picture.gaps.filter(({ before }) => !before)).toEqual([])
    expect(picture.help[0]?.until).toBe('2026-08-20')
    // nobody who died there is “still there”, or came home
    expect(picture.stays[0]).toMatchObject({ isOpen: false, wentHome: false })
  },
)

test('a stay over the edge of the span counts its nights inside, each night once', () => {
  const stays = [stay('2025-12-20', '2026-01-15')]
  const [before, january] = [
    drawnIn({ stays }, '2025-12-01', '2025-12-31'),
    drawnIn({ stays }, '2026-01-01', '2026-01-31'),
  ]
  expect([before.nights, january.nights]).toEqual([12, 14])
  expect(yearFindings(january)).toMatchObject({ nights: 14, stays: [{ days: 26 }] })
  const twice = [...stays, { ...stay('2026-01-10', '2026-01-18'), id: 'other' }]
  expect(drawnIn({ stays: twice }, '2026-01-01', '2026-01-31').nights).toBe(17)
})

test('an emergency department is no stay, and is counted by itself', () => {
  const stays = [{ ...stay('2026-05-01', '2026-05-02'), isDepartment: true }]
  expect(yearFindings(drawn({ stays }))).toMatchObject({ stays: [], nights: 0, departments: 1 })
})

test('days in hospital are no silence before the next stay, also just before the span', () => {
  const contacts = [contact('2025-11-01T09:00:00Z')]
  const stays = [stay('2025-11-02', '2025-12-28'), stay('2026-01-05', '2026-01-08')]
  const picture = drawnIn({ contacts, stays }, '2026-01-01', '2026-01-31')
  expect(picture.stays.map(({ gap }) => gap)).toEqual([8])
  expect(picture.gaps).toEqual([])
  expect(yearFindings(picture).afterGap).toEqual([])
})

test('the silence before an emergency department is that of the stay which followed it', () => {
  const department = { ...stay('2026-05-20', '2026-05-20'), id: 'ed', isDepartment: true }
  const stays = [department, stay('2026-05-20', '2026-05-25')]
  const picture = drawn({ contacts: [contact('2026-05-01T09:00:00Z')], stays })
  expect(yearFindings(picture).afterGap).toMatchObject([{ from: '2026-05-20', gap: 19 }])
})

test('somebody whom nobody ever reached is the longest silence, not none', () => {
  const alone = drawn({ contacts: [contact('2026-08-01T09:00:00Z', false)] })
  expect(alone.gaps).toEqual([{ from: '2025-11-24', until: today, before: false }])
  expect(yearFindings(alone).neverReached).toBe(true)
  // a year before the first record says nothing
  expect(drawn({ contacts: [contact('2026-08-01T09:00:00Z')] }, '1990').gaps).toEqual([])
  const taken = drawn({ stays: [stay('2026-05-20', '2026-05-25')] })
  expect(taken.gaps[0]).toEqual({ from: '2025-11-24', until: '2026-05-20', before: true })
  expect(yearFindings(taken).afterGap).toMatchObject([{ neverBefore: true }])
  expect(yearFindings(drawn({ contacts: [contact('2026-11-01T09:00:00Z')] })).neverReached).toBe(
    false,
  )
})

test('help that was stopped or refused ends there, and is not awaited any more', () => {
  const help = { kind: 'service', named: { as: 'words', text: 'Meals' }, source: 's' } as const
  const { help: bars } = drawn({
    story: [
      { ...help, id: 'gave', act: 'arranged', at: '2026-01-01', until: '2026-03-01' },
      { ...help, id: 'off', act: 'asked-for', at: '2026-02-01', until: '2026-02-10T09:00:00Z' },
      { ...help, id: 'on', act: 'arranged', at: '2026-03-01', until: '2027-01-01' },
      { ...help, id: 'old', act: 'arranged', at: '2024-01-01', until: '2025' },
      { ...help, id: 'past', act: 'arranged', at: '2023-01-01', until: '2024-02' },
    ],
  })
  expect(bars.map(({ id, until, missing, ended }) => [id, until, missing, ended])).toEqual([
    ['old', '2025-12-31', false, '2025-12-31'],
    ['gave', '2026-03-01', false, '2026-03-01'],
    ['off', '2026-02-10', false, '2026-02-10'],
    ['on', today, false, undefined],
  ])
})
