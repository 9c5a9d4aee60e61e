import type { DocumentReference } from '@medplum/fhirtypes'
import { capacityNow } from '#domain/agreement/capacity.ts'
import { bestInterestsFromFhir, capacityFromFhir } from '#domain/agreement/capacity-fhir.ts'
import { isWholeDay } from '#domain/calendar/days.ts'
import { dayIn, dayOf } from '#domain/calendar/zone.ts'
import { wishDocumentFromFhir } from '#domain/plan/worse/wishes.ts'
import type { SupportPlan, SupportPlanAnswer } from '#domain/social-care/support-plan.ts'
import { decisionRecords } from '#server/agreement/answer/decided-for-person.ts'
import { writerOf } from '#server/agreement/own-words.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { unsound } from './kept-records.ts'

type Asked = NonNullable<SupportPlanAnswer['forThem']>
type Kept = NonNullable<SupportPlan['answers'][number]['forThem']>

export type DecidedForThem = Readonly<{
  by: SupportPlan['answers'][number]['by']
  forThem: Kept
}>

/**
 * Who decided for a person who cannot decide about their support plan: an attorney or deputy whose document is in the
 * record, or whoever writes it down, on a best-interests record. Capacity is presumed: a finding of today says otherwise.
 * Throws 422.
 */
export async function decidedForThem(
  context: RequestContext,
  person: string,
  asked: Asked,
): Promise<DecidedForThem> {
  const today = dayIn(context.zone, context.now)
  if (!isWholeDay(asked.on) || asked.on > today)
    throw unsound('Say on which day it was decided, today or before', 'forThem')
  const capacity = await mustBeUnable(context, { person, asked, today })
  const kept = { way: asked.way, authority: '', signedOn: '', capacity, on: asked.on } as const
  if (asked.way === 'authority') {
    const { decider, sort, signedOn = '' } = await authorityIn(context, person, asked.rests)
    if (signedOn > asked.on) throw unsound('The document was signed after that day', 'forThem')
    return { by: decider, forThem: { ...kept, authority: sort, signedOn } }
  }
  const { who } = writerOf(context, person)
  return { by: { reference: who.reference, name: who.name }, forThem: kept }
}

type Unable = Readonly<{ person: string; asked: Asked; today: string }>

/** The finding that is named holds today, and the best-interests record rests on it. */
async function mustBeUnable(
  context: RequestContext,
  { person, asked, today }: Unable,
): Promise<string> {
  const records = await decisionRecords(context, person)
  const all = records.flatMap((each) => capacityFromFhir(each) ?? [])
  const named = all.find(({ id }) => id === asked.capacity)
  const found = named && capacityNow(all, named.planId, today)
  if (!found || found.record.id !== named.id || named.hasCapacity)
    throw unsound(
      'The person is taken to be able to decide this. Name the capacity record that says otherwise',
      'forThem',
    )
  const after = all.find((each) => each.hasCapacity && each.at > named.at)
  if (after)
    throw unsound(
      'Since that record somebody found that the person can decide. Find out again about this decision first',
      'forThem',
    )
  if (asked.on < dayOf(named.at, context.zone))
    throw unsound('On that day nobody had found yet that the person cannot decide', 'forThem')
  if (found.overdue)
    throw unsound(
      'The capacity record was to be looked at again. Do that first: it may have changed',
      'forThem',
    )
  const reference = `Observation/${named.id}`
  const best = records.flatMap((each) => bestInterestsFromFhir(each) ?? [])
  const rests = best.some((each) => each.id === asked.rests && each.capacity === reference)
  if (asked.way === 'best-interests' && !rests)
    throw unsound(
      'First record why this is in the person’s best interests, and who was asked',
      'forThem',
    )
  return reference
}

/** A power of attorney or a deputyship that is kept in the record, as the reader may see it, with who decides by it. */
async function authorityIn(context: RequestContext, person: string, id: string) {
  const stored = id
    ? await context.store.read('DocumentReference', id, context.accessScope.scope)
    : undefined
  const document =
    stored?.resource && stored.person === person
      ? wishDocumentFromFhir(stored.resource as DocumentReference)
      : undefined
  if (document?.sort !== 'lpa' && document?.sort !== 'deputy')
    throw unsound(
      'Name the power of attorney for health and welfare, or the deputyship, that is kept in the record. Next of kin is no authority',
      'forThem',
    )
  const name = document.decider.trim()
  if (name === '') throw unsound('The document in the record names nobody who decides', 'forThem')
  if (plain(name) === plain(writerOf(context, person).who.name))
    throw unsound(
      'Somebody else writes down what you decide with an authority of your own',
      'forThem',
    )
  const { sort, signedOn } = document
  return { sort, signedOn, decider: { reference: `DocumentReference/${id}`, name } }
}

const plain = (name: string) => name.trim().toLowerCase().replaceAll(/\s+/g, ' ')
