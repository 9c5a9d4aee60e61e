import type { SeedRecord } from '#demo-data/seed-record.ts'
import { at } from '#demo-data/vocabulary/codes.ts'
import { addDays } from '#domain/calendar/days.ts'
import { contactToFhir } from '#domain/contact/fhir.ts'
import type { Who } from '#domain/plan/plan.ts'
import type { Programme } from '#domain/programme/programme.ts'
import type { ProgrammeStep, StepKind } from '#domain/programme/programme-entry.ts'
import { programmeEntryToFhir } from '#domain/programme/programme-entry-fhir.ts'
import { programmeToFhir } from '#domain/programme/programme-fhir.ts'

const amina: Who = {
  ...{ reference: 'Practitioner/amina-yusuf', name: 'Amina Yusuf', voice: 'professional' },
}

const frailty: Programme = {
  ...{ id: 'programme-frailty', version: 1, title: 'Proactive care, frailty', retired: false },
  purpose: 'To plan with people who live with frailty before a crisis comes, and to keep in touch.',
  owner: { reference: amina.reference, name: amina.name },
  criteria: [
    { words: 'Aged 65 or over', check: { kind: 'age-from', value: 65 } },
    {
      words: 'Lives with nine or more of the difficulties that make people frail',
      check: { kind: 'difficulties-from', value: 9 },
    },
    { words: 'Would like somebody to plan with' },
  ],
  ...{ pauses: ['in-hospital', 'asked-break', 'away'], monthsWithoutContact: 3 },
  ends: ['goal-reached', 'moved', 'died', 'asked-to-stop', 'no-contact'],
  notWith: ['programme-home'],
  contents: [
    { kind: 'contact', weeks: 4 },
    { kind: 'plan-agreed', weeks: 6 },
  ],
}

const home: Programme = {
  ...{ id: 'programme-home', version: 1, title: 'Home from hospital', retired: false },
  purpose: 'To call people soon after they come home, and to see that help has started.',
  owner: { reference: amina.reference, name: amina.name },
  criteria: [
    { words: 'Came home from hospital in the last 30 days', check: { kind: 'just-home' } },
    { words: 'Nobody coordinates yet', check: { kind: 'no-coordinator' } },
  ],
  ...{ pauses: ['in-hospital'], ends: ['goal-reached', 'moved', 'died', 'asked-to-stop'] },
  ...{ monthsWithoutContact: 1, notWith: [] },
  contents: [{ kind: 'contact', weeks: 1 }],
}

/** What the practice offers. */
export function* demoProgrammes(): Generator<SeedRecord> {
  for (const each of [frailty, home]) yield programmeToFhir(each)
}

type Step = readonly [kind: StepKind, daysAgo: number, more?: Partial<ProgrammeStep>]

const call = (outcome: NonNullable<ProgrammeStep['outcome']>) => ({ way: 'call', outcome }) as const

/** Of Grace, and of people on the caseload by their place: in it, never reached, paused, said no, at the end, waiting for a call. */
const ways: Readonly<Record<string, readonly Step[]>> = {
  grace: [
    ['invited', 60],
    ['attempt', 59, { ...call('reached'), words: 'She would like to plan with somebody.' }],
    ['entered', 56],
  ],
  '2': [
    ['invited', 50],
    ['attempt', 48, call('reached')],
    ['entered', 45],
  ],
  '3': [
    ['invited', 20],
    ['attempt', 18, call('no-answer')],
    ['attempt', 15, { way: 'letter', outcome: 'no-answer' }],
    ['attempt', 8, { way: 'visit', outcome: 'no-answer', words: 'Nobody at the door.' }],
  ],
  '4': [
    ['invited', 70],
    ['entered', 66],
    ['paused', 10, { reason: 'in-hospital' }],
  ],
  '5': [
    ['invited', 30],
    ['attempt', 27, { ...call('declined'), words: 'Has enough people coming to the house.' }],
  ],
  '6': [
    ['invited', 110],
    ['entered', 105],
    ['ended', 14, { reason: 'goal-reached', words: 'Walks to the shop again.' }],
  ],
  '7': [
    ['invited', 6],
    ['attempt', 5, call('call-back')],
  ],
}

/** One person’s way through the first programme, with the contacts of somebody who is in it. */
export function* programmeRecords(
  { id, asOf }: Readonly<{ id: string; asOf: string }>,
  place: number | 'grace',
): Generator<SeedRecord> {
  const way = ways[String(place)]
  if (!way) return
  const day = (ago: number) => addDays(asOf, -ago)
  const { version, title } = frailty
  yield programmeEntryToFhir({
    ...{ id: `programme-entry-${id}`, person: id, programme: frailty.id, version, title },
    steps: way.map(([kind, ago, more = {}]) => ({
      ...{ kind, day: day(ago), at: at(day(ago), '10:30'), by: amina },
      ...more,
      ...(more.outcome === 'call-back' ? { callBackOn: day(-1) } : {}),
    })),
  })
  if (place !== 2) return
  yield contactToFhir({
    ...{ id: `programme-contact-${id}`, person: id, way: 'call', reached: true, by: amina },
    ...{ words: 'Steadier on the stairs. Asked about a second rail.', at: at(day(20), '11:00') },
  })
}
