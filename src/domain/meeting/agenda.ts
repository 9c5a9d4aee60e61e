import { daysBetween, dayWritten } from '#domain/calendar/days.ts'
import type { TodayItem } from '#domain/today/today.ts'
import type { MeetingAsk } from './ask-fhir.ts'

/** Why somebody is on the agenda, in the order in which the meeting takes them. */
export type AgendaKind =
  | 'own-question'
  | 'put-off'
  | 'in-hospital'
  | 'home'
  | 'alert'
  | 'asked-by-carer'
  | 'asked'
  | 'promise'
  | 'review'
  | 'not-agreed'
  | 'unmet'
  | 'no-contact'

export const agendaKinds: readonly AgendaKind[] = [
  ...(['own-question', 'put-off', 'in-hospital', 'home', 'alert', 'asked-by-carer'] as const),
  ...(['asked', 'promise', 'review', 'not-agreed', 'unmet', 'no-contact'] as const),
]

export type AgendaReason = Readonly<{
  kind: AgendaKind
  /** what was asked or promised, why in hospital; empty if the kind says it all */
  words: string
  /** who asked */
  by?: string
  /** since when or by when: day or instant */
  at: string
}>

/** What the record says about one person, for the agenda. */
export type AgendaFacts = Readonly<{
  person: string
  items: readonly TodayItem[]
  stays: readonly Readonly<{ from: string; until?: string; reason: string }>[]
  asks: readonly MeetingAsk[]
  /** the person’s question for the next conversation */
  question?: Readonly<{ words: string; by: string; at: string }>
  /** when a meeting put the person off to the next one */
  putOffAt?: string
  notAgreed: boolean
  unmet: number
}>

export type AgendaLine = Readonly<{ person: string; reasons: readonly AgendaReason[] }>

/**
 * So many days after coming home a person is on the agenda: our own choice.
 * @unverified today-days
 */
const daysHome = 7

const alerts: readonly TodayItem['kind'][] = ['safety', 'colour', 'carer-ill', 'reading']

/** Why the team could talk about a person today, the strongest reason first; none if nothing asks for it. */
function agendaReasons(facts: AgendaFacts, today: string): readonly AgendaReason[] {
  const { asks, question, items, putOffAt } = facts
  const own = asks.filter(({ by }) => by.voice === 'person')
  const found: AgendaReason[] = [
    ...own.map((ask) => asked('own-question', ask)),
    ...(question ? [{ kind: 'own-question' as const, ...question }] : []),
    ...(putOffAt ? [{ kind: 'put-off' as const, words: '', at: putOffAt }] : []),
    ...staysIn(facts, today),
    ...items.filter(({ kind }) => alerts.includes(kind)).map((item) => ofItem('alert', item)),
    ...asks.filter(({ by }) => by.voice === 'carer').map((ask) => asked('asked-by-carer', ask)),
    ...asks.filter(({ by }) => by.voice === 'professional').map((ask) => asked('asked', ask)),
    ...items.filter(({ kind }) => kind === 'promise').map((item) => ofItem('promise', item)),
    ...items.filter(({ kind }) => kind === 'review').map((item) => ofItem('review', item)),
    ...(facts.notAgreed ? [{ kind: 'not-agreed' as const, words: '', at: '' }] : []),
    ...(facts.unmet > 0 ? [{ kind: 'unmet' as const, words: '', at: '' }] : []),
    ...items.filter(({ kind }) => kind === 'silent').map((item) => ofItem('no-contact', item)),
  ]
  return found.toSorted((one, other) => rankOf(one) - rankOf(other))
}

const rankOf = ({ kind }: AgendaReason) => agendaKinds.indexOf(kind)

const asked = (kind: AgendaKind, { words, by, at }: MeetingAsk): AgendaReason => ({
  ...{ kind, words, at },
  by: by.name,
})

const ofItem = (kind: AgendaKind, { text, due, owner }: TodayItem): AgendaReason => ({
  ...{ kind, words: text, at: due },
  ...(owner?.name ? { by: owner.name } : {}),
})

function staysIn({ stays }: AgendaFacts, today: string): readonly AgendaReason[] {
  const now = stays.find(({ until }) => !until)
  if (now) return [{ kind: 'in-hospital', words: now.reason, at: now.from }]
  const last = stays.toSorted((one, other) => (other.until ?? '').localeCompare(one.until ?? ''))[0]
  if (!last?.until || daysBetween(dayWritten(last.until), today) > daysHome) return []
  return [{ kind: 'home', words: last.reason, at: last.until }]
}

/** The agenda: whoever has a reason, the strongest first; of equal reasons, the one that has waited longest. */
export function agendaOf(people: readonly AgendaFacts[], today: string): readonly AgendaLine[] {
  return people
    .map((facts) => ({ person: facts.person, reasons: agendaReasons(facts, today) }))
    .filter(({ reasons }) => reasons.length > 0)
    .toSorted((one, other) => compare(one, other))
}

function compare(one: AgendaLine, other: AgendaLine): number {
  const [first] = one.reasons
  const [second] = other.reasons
  if (!first || !second) return 0
  return (
    rankOf(first) - rankOf(second) ||
    (first.at || '9999').localeCompare(second.at || '9999') ||
    one.person.localeCompare(other.person)
  )
}
