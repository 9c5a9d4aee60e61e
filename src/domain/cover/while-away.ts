import type {
  CodeableConcept,
  Communication,
  Encounter,
  Flag,
  Provenance,
  Resource,
} from '@medplum/fhirtypes'
import { alertDutyOf } from '#domain/alert/alert-duty.ts'
import { closingsOf } from '#domain/alert/closing.ts'
import { alertAnswersOf } from '#domain/alert/raised-alert.ts'
import { contactFromFhir } from '#domain/contact/fhir.ts'
import { hospitalClasses } from '#domain/discharge/ward-stay.ts'
import {
  as,
  dateTime,
  group,
  type In,
  id,
  list,
  parameters,
  text,
  wordOf,
} from '#domain/fhir/parameters.ts'
import { referenceTarget } from '#domain/fhir/reference-target.ts'
import { absenceField } from './absences-answer.ts'

/** What a line tells of: a contact, a try, hospital, an alert and what was done about it, or something that was written. */
export type HappenedKind =
  | ('called' | 'tried' | 'visited' | 'admitted' | 'alert' | 'alert-answered' | 'alert-closed')
  | ('plan' | 'goal' | 'task' | 'need' | 'record')

const line = group({ kind: wordOf<HappenedKind>(), at: dateTime, by: text, text })

/** The result of `$while-away`: what happened to each person meanwhile, the latest first, and who did it. */
export const whileAwayAnswer = parameters({
  absence: absenceField,
  people: as(
    'person',
    list(group({ id, family: text, given: text, lines: as('line', list(line)) })),
  ),
})
export type WhileAway = In<typeof whileAwayAnswer>
export type Happened = WhileAway['people'][number]['lines'][number]

type Span = Readonly<{ from: Date; until: Date }>

/** What these records of one person tell of this time. `about`: the records as they are now, by `Type/id`. */
export function happenedIn(
  records: readonly Resource[],
  about: ReadonlyMap<string, Resource>,
  { from, until }: Span,
): readonly Happened[] {
  const all = records.flatMap((each) => linesOf(each, about))
  const isInside = ({ at }: Happened) =>
    Date.parse(at) >= Number(from) && Date.parse(at) < Number(until)
  // who changed the same thing several times is told of once
  const seen = new Set<string>()
  return (
    all
      .filter(isInside)
      // at the same moment, what came of something stands before it
      .toReversed()
      .toSorted((one, other) => Date.parse(other.at) - Date.parse(one.at))
      .filter(({ kind, by, text: words, at }) => {
        const isWritten = written.includes(kind)
        const key = isWritten ? `${kind} ${by} ${words}` : `${kind} ${by} ${words} ${at}`
        return !seen.has(key) && seen.add(key)
      })
  )
}

const written: readonly HappenedKind[] = ['plan', 'goal', 'task', 'need', 'record']

function linesOf(record: Resource, about: ReadonlyMap<string, Resource>): readonly Happened[] {
  switch (record.resourceType) {
    case 'Communication':
      return contactLines(record)
    case 'Flag':
      return alertLines(record)
    case 'Encounter':
      return stayLines(record)
    case 'Provenance':
      return writtenLines(record, about)
    default:
      return []
  }
}

function contactLines(message: Communication): readonly Happened[] {
  const contact = contactFromFhir(message)
  if (!contact) return []
  const { way, reached, at, by, words } = contact
  const done = way === 'visit' ? 'visited' : 'called'
  return [{ kind: reached ? done : 'tried', at, by: by.name, text: words }]
}

function alertLines(flag: Flag): readonly Happened[] {
  const duty = alertDutyOf(flag)
  if (!duty) return []
  return [
    { kind: 'alert', at: duty.raised, by: duty.owner?.name ?? '', text: duty.kind },
    ...alertAnswersOf(flag).map(({ by, at, words }) => ({
      ...{ kind: 'alert-answered' as const, at, by: by.name, text: words },
    })),
    ...closingsOf(flag).map(({ by, at, words }) => ({
      ...{ kind: 'alert-closed' as const, at, by: by.name, text: words },
    })),
  ]
}

function stayLines({ class: { code = '' }, period, reasonCode }: Encounter): readonly Happened[] {
  if (!hospitalClasses.some((each) => each === code) || !period?.start) return []
  return [{ kind: 'admitted', at: period.start, by: '', text: reasonCode?.[0]?.text ?? '' }]
}

const kindOfType: Readonly<Record<string, HappenedKind>> = {
  CarePlan: 'plan',
  Goal: 'goal',
  Task: 'task',
  Condition: 'need',
}

function writtenLines(
  { target, recorded, agent, activity }: Provenance,
  about: ReadonlyMap<string, Resource>,
): readonly Happened[] {
  const code = activity?.coding?.[0]?.code ?? ''
  const to = referenceTarget(target[0]?.reference ?? '')
  if (!to || !['CREATE', 'UPDATE'].includes(code)) return []
  const record = about.get(`${to.type}/${to.id}`)
  return [
    {
      ...{ kind: kindOfType[to.type] ?? 'record', at: recorded, by: agent[0]?.who.display ?? '' },
      text: wordsOf(record),
    },
  ]
}

type Worded = Readonly<{ description?: string | CodeableConcept; code?: CodeableConcept }>

/** What it is about, as the record says it now. */
function wordsOf(record: Resource | undefined): string {
  const { description, code } = (record ?? {}) as Worded
  return (typeof description === 'string' ? description : description?.text) ?? code?.text ?? ''
}
