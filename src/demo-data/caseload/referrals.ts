import type { Life } from '#demo-data/life.ts'
import type { SeedRecord } from '#demo-data/seed-record.ts'
import { at } from '#demo-data/vocabulary/codes.ts'
import { addDays } from '#domain/calendar/days.ts'
import type { Who } from '#domain/plan/plan.ts'
import { answerByFor } from '#domain/referral/case-referral.ts'
import { answeredRequest, answeredTask, sentReferral } from '#domain/referral/fhir.ts'

const professional = (id: string, name: string): Who => ({
  ...{ reference: `Practitioner/${id}`, name, voice: 'professional' },
})
const patel = professional('anil-patel', 'Dr Anil Patel')
const amina = professional('amina-yusuf', 'Amina Yusuf')
const brook: Who = {
  ...{ reference: 'Organization/brook-surgery', name: 'Brook Surgery', voice: 'professional' },
}

/** What was asked through the single point of access: a new one, one that is late, one that was answered. */
const asked = [
  { days: 1, why: 'Third fall this year, and nobody at home can lift.', byPerson: false },
  {
    days: 6,
    why: 'I have five appointments this month and nobody tells the others.',
    byPerson: true,
  },
  {
    ...{
      days: 9,
      why: 'Lonely since moving here. Calls the surgery most days.',
      byPerson: false,
    },
    instead: 'The Wednesday lunch club at Brook hall has a place, and a driver: 01632 960 417.',
  },
] as const

export const referralsAsked = asked.length

/** The two records of a referral for a case manager, for somebody who has none. */
export function* referralRecords(
  life: Life,
  { id, asOf, place }: Readonly<{ id: string; asOf: string; place: number }>,
): Generator<SeedRecord> {
  const each = asked[place]
  if (!each) return
  const day = addDays(asOf, -each.days)
  const name = `${life.name.given} ${life.name.family}`
  const person: Who = { reference: `Patient/${id}`, name, voice: 'person' }
  const by = each.byPerson ? person : patel
  const ids = { id: `referral-${id}`, requestId: `referral-request-${id}` }
  const [request, task] = sentReferral(
    { ...ids, person: id, what: 'A case manager', why: each.why, to: brook, forCase: true },
    { by, at: at(day, '08:30') },
  )
  const sent = { ...task, restriction: { period: { end: answerByFor(day) } } }
  if (!('instead' in each)) {
    yield request
    yield sent
    return
  }
  const written = { by: amina, at: at(addDays(day, 1), '11:00') }
  yield answeredRequest(request, 'signposted')
  const answered = answeredTask(sent, 'signposted', { words: each.instead, written })
  yield { ...answered, executionPeriod: { end: written.at } }
}
