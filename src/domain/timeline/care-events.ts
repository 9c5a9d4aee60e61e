import type {
  CarePlan,
  Communication,
  DiagnosticReport,
  ImagingStudy,
  Observation,
  Provenance,
  QuestionnaireResponse,
  ServiceRequest,
} from '@medplum/fhirtypes'
import { hasMessageCategory } from '#domain/agreement/comment-message.ts'
import { answerIn } from '#domain/agreement/fhir.ts'
import { isCarried } from '#domain/agreement/given-how.ts'
import type { Contact } from '#domain/contact/contact.ts'
import { contactFromFhir } from '#domain/contact/fhir.ts'
import { extensionOf, writtenFrom } from '#domain/fhir/references-and-extensions.ts'
import { isReferral } from '#domain/referral/fhir.ts'
import { isOffer } from '#domain/support/is-offer.ts'
import { eventOf } from './clinical-events.ts'
import { conceptText, named, words } from './concept.ts'
import type { StoryEvent } from './event.ts'
import { valueText } from './value-text.ts'

export function planEvents(plan: CarePlan): readonly StoryEvent[] {
  const name = nameOfPlan(plan)
  const { start = plan.created, end } = plan.period ?? {}
  // one without a start date, such as what to do when things get worse, is shown by when it was last written
  if (isWhatIf(plan) || (!start && !end))
    return [eventOf(plan, { kind: 'plan', act: 'recorded', named: name, at: writtenAt(plan) })]
  return [
    eventOf(plan, { kind: 'plan', act: 'began', named: name, at: start }),
    ...(end ? [eventOf(plan, { kind: 'plan', act: 'ended', named: name, at: end })] : []),
  ]
}

/** A plan without a title is a care plan all the same. */
const nameOfPlan = ({ title, category }: CarePlan): StoryEvent['named'] => {
  if (title) return words(title)
  return category ? named(category[0]) : { as: 'code', code: 'assess-plan' }
}

const isWhatIf = ({ category = [] }: CarePlan) =>
  category.some((each) => each.coding?.some(({ code }) => code === 'contingency'))

/** By our own mark, otherwise by what the record says itself; the time of storage is the last resort. */
const writtenAt = (plan: CarePlan) =>
  writtenFrom(plan, undefined)?.at ?? plan.created ?? plan.meta?.lastUpdated

const actOfAnswer = {
  agree: 'agreed',
  'agree-in-part': 'agreed-in-part',
  disagree: 'disagreed',
} as const

/** Agreements are Provenance for an exact version of the plan; other Provenance is not part of the story. */
export function agreementEvents(provenance: Provenance): readonly StoryEvent[] {
  const act = answerIn(provenance)
  if (act === undefined || isCarried(provenance)) return []
  const who = provenance.agent[0]?.who?.display
  return [
    eventOf(provenance, {
      kind: 'agreement',
      act: actOfAnswer[act],
      named: words(who),
      at: provenance.occurredDateTime ?? provenance.recorded,
    }),
  ]
}

/** A referral, which is listed with the tasks too, or a service that was arranged or requested in another way. */
export function requestEvents(request: ServiceRequest): readonly StoryEvent[] {
  // completed: it was given; revoked: it may never have been
  const isArranged = ['active', 'on-hold', 'completed'].includes(request.status)
  const act = isOffer(request) ? 'offered' : isArranged ? 'arranged' : 'asked-for'
  return [
    eventOf(request, {
      ...(isReferral(request) ? { kind: 'referral', act: 'sent' } : { kind: 'service', act }),
      named: named(request.code),
      at: request.authoredOn,
      until: endOfRequest(request),
      detail: request.performer?.[0]?.display ?? conceptText(request.reasonCode?.[0]),
    }),
  ]
}

/**
 * The end that the record says; of one that is over without an end, when this was written here, otherwise the day it was
 * made: it is not known to have gone on.
 */
function endOfRequest(request: ServiceRequest): string | undefined {
  const { status, occurrencePeriod, occurrenceTiming, occurrenceDateTime, authoredOn } = request
  const said =
    part(request, 'offer-ended') ??
    occurrencePeriod?.end ??
    occurrenceTiming?.repeat?.boundsPeriod?.end
  if (status !== 'completed' && status !== 'revoked') return said
  return said ?? occurrenceDateTime ?? part(request, 'written') ?? authoredOn
}

const part = (request: ServiceRequest, name: string) =>
  extensionOf(request, name)?.extension?.find(({ url }) => url === 'at')?.valueDateTime

export type Titles = Readonly<Record<string, string>>

/** A completed questionnaire, with the score that was derived from it. Drafts are not part of the story. */
export function assessmentEvents(
  response: QuestionnaireResponse,
  titles: Titles,
  scores: ReadonlyMap<string, Observation>,
): readonly StoryEvent[] {
  if (response.status !== 'completed' && response.status !== 'amended') return []
  const url = response.questionnaire ?? ''
  const title = titles[url.split('|')[0] ?? '']
  const score = scores.get(`QuestionnaireResponse/${response.id}`)
  return [
    eventOf(response, {
      kind: 'assessment',
      act: 'completed',
      named: title ? words(title) : url ? { as: 'code', code: url } : { as: 'none' },
      at: response.authored,
      detail: score ? valueText(score) : undefined,
    }),
  ]
}

export function readingEvents(observation: Observation): readonly StoryEvent[] {
  return [
    eventOf(observation, {
      kind: 'reading',
      act: 'measured',
      named: named(observation.code),
      at: observation.effectiveDateTime ?? observation.effectivePeriod?.start ?? observation.issued,
      detail: valueText(observation),
    }),
  ]
}

export function reportEvents(report: DiagnosticReport): readonly StoryEvent[] {
  return [
    eventOf(report, {
      kind: 'report',
      act: 'recorded',
      named: named(report.code),
      at: report.effectiveDateTime ?? report.effectivePeriod?.start ?? report.issued,
      detail: report.conclusion,
    }),
  ]
}

export function imagingEvents(study: ImagingStudy): readonly StoryEvent[] {
  const series = study.series?.[0]
  const what = [series?.modality?.display, series?.bodySite?.display].filter(Boolean).join(', ')
  return [
    eventOf(study, {
      kind: 'report',
      act: 'recorded',
      named: words(study.description ?? what),
      at: study.started,
    }),
  ]
}

/** A call, a visit or a review, and also an attempt that reached nobody; other messages are not part of the story. */
export function contactEvents(message: Communication): readonly StoryEvent[] {
  const contact = contactFromFhir(message)
  if (!contact) return []
  const act = hasMessageCategory(message, 'review') ? 'reviewed' : actOf(contact)
  const { words: said, at, by } = contact
  return [eventOf(message, { kind: 'contact', act, named: words(said), at, detail: by.name })]
}

function actOf({ reached, way }: Contact): StoryEvent['act'] {
  if (!reached) return 'not-reached'
  return way === 'visit' ? 'seen' : 'rang'
}
