import { type Actor, namesOf } from '#domain/access/actor.ts'
import { breakGlassFromFhir } from '#domain/access/break-glass.ts'
import { answerTo, isInPart } from '#domain/agreement/agreement.ts'
import { answerFromMessage } from '#domain/agreement/comment-message.ts'
import { closedAlerts } from '#domain/alert/closed-alerts.ts'
import { isOpenSafety } from '#domain/alert/open-safety.ts'
import { instantIn } from '#domain/calendar/zone.ts'
import { cardOpeningFromFhir } from '#domain/card/card-opening.ts'
import { contactFromFhir } from '#domain/contact/fhir.ts'
import { followUpChoiceOf } from '#domain/discharge/follow-up-choice-of.ts'
import { triesAfter, visitIn } from '#domain/discharge/stay-thread.ts'
import { wardStayFromFhir } from '#domain/discharge/ward-stay.ts'
import { given } from '#domain/fhir/references-and-extensions.ts'
import { actionFromFhir } from '#domain/goal/fhir.ts'
import { promiseDeedFromMessage } from '#domain/goal/promise-deed-kind.ts'
import { personFromFhir } from '#domain/person/fhir.ts'
import { nameInWords } from '#domain/person/shown-name.ts'
import { isPlan, planFromFhir } from '#domain/plan/fhir.ts'
import { livingPlan } from '#domain/plan/living-plan.ts'
import type { Plan } from '#domain/plan/plan.ts'
import { carerIllFromFhir, isCarerIll } from '#domain/plan/worse/carer-ill.ts'
import { colourFromFhir, isDayColour } from '#domain/plan/worse/day-colour.ts'
import { type Preparation, preparedFor } from '#domain/preparation/preparation.ts'
import { isPreparation, preparationFromFhir } from '#domain/preparation/preparation-fhir.ts'
import { limitsFrom, readingFromFhir, uncomparedFromFhir } from '#domain/reading/fhir.ts'
import { standingSince } from '#domain/reading/limits.ts'
import { heldReviewFromFhir } from '#domain/review/held-review.ts'
import { isSuggestedChange } from '#domain/suggestion/is-suggested-change.ts'
import type { SuggestedChange } from '#domain/suggestion/suggested-change.ts'
import { suggestedChangeFromFhir } from '#domain/suggestion/suggested-change-fhir.ts'
import { isHandOver } from '#domain/team/hand-over-fhir.ts'
import { type AccessNews, accessNewsFrom, unseenBy } from '#domain/today/access-news.ts'
import { isTodayClaim } from '#domain/today/claim.ts'
import type { TodayFacts, TodayStay } from '#domain/today/today.ts'
import { openHandOvers } from './today-hand-overs.ts'
import { answersAbout, type StillLeftOut } from './today-left-out.ts'
import type { TodayRecords } from './today-records.ts'

/** An instant with the date in the service’s time zone; a date is that day everywhere. */
const dated = (at: string, zone: string) =>
  at.length > 10 && !Number.isNaN(Date.parse(at)) ? instantIn(zone, Date.parse(at)) : at

type Day = Readonly<{
  zone: string
  today: string
  actor: Actor
  leftOut: StillLeftOut | undefined
}>

/** The plan that counts now. */
export function standingPlanOf({ episode, ...records }: TodayRecords): Plan | undefined {
  const plans = records.plans.filter(isPlan)
  const carePlan = livingPlan(plans, episode.id) ?? livingPlan(plans, undefined)
  return carePlan && planFromFhir(carePlan)
}

/** What the record says about one person now, for Today and for the agenda of a team meeting. */
export function todayFactsFrom(
  records: TodayRecords,
  { zone, today, actor, leftOut }: Day,
): TodayFacts {
  const { episode, flags, lastContact, lastStaffContact } = records
  const plans = records.plans.filter(isPlan)
  const plan = standingPlanOf(records)
  const since = episode.period?.start
  return {
    person: records.person,
    ...given('died', personFromFhir(records.patient, today).died),
    ...{
      episode: episode.id ?? '',
      carers: records.carers.flatMap((each) => nameInWords(each.name, today) || []),
    },
    paused: episode.status === 'onhold',
    ...(since ? { caseSince: dated(since, zone) } : {}),
    ...(lastContact ? { lastContact: instantIn(zone, Date.parse(lastContact)) } : {}),
    ...(lastStaffContact ? { lastStaffContact } : {}),
    actions: records.tasks
      .filter((each) => !isHandOver(each) && !isSuggestedChange(each) && !isTodayClaim(each))
      .map((each) => actionFromFhir(each, zone)),
    zone,
    handOvers: openHandOvers(records.tasks, actor),
    suggestions: suggestionsFor(records.tasks, actor),
    accessNews: newsFor(records, `Practitioner/${actor.practitioner}`),
    answers: records.answers.flatMap((each) => answerFromMessage(each) ?? []),
    deeds: records.answers.flatMap((each) => promiseDeedFromMessage(each) ?? []),
    stays: staysIn(records),
    followUp: followUpChoiceOf(records.organisation),
    ...coordinatorIn(episode),
    readings: records.readings.flatMap((each) => readingFromFhir(each) ?? []),
    uncompared: records.readings.flatMap((each) => uncomparedFromFhir(each) ?? []),
    limits: standingSince(plans.flatMap(limitsFrom), since),
    closed: closedAlerts(flags),
    emergencies: flags
      .flatMap((flag) => breakGlassFromFhir(flag) ?? [])
      .filter((grant) => grant.alert),
    cardOpenings: flags
      .flatMap((flag) => cardOpeningFromFhir(flag) ?? [])
      .filter((opening) => opening.alert),
    illnesses: flags.filter(isCarerIll).flatMap((flag) => carerIllFromFhir(flag) ?? []),
    colours: flags.filter(isDayColour).flatMap((flag) => colourFromFhir(flag) ?? []),
    safety: flags.filter(isOpenSafety).map((flag) => ({
      ...{ id: flag.id ?? '', at: flag.period?.start ?? '', text: flag.code.text ?? '' },
    })),
    ...saidNoIn(plan, records.said, leftOut),
    prepared: preparedIn(records),
    ...(plan?.reviewOn ? { review: { plan: plan.id, on: plan.reviewOn } } : {}),
  }
}

/** For words of the reader, or of a colleague in the same organisation. */
function suggestionsFor(tasks: TodayRecords['tasks'], actor: Actor): readonly SuggestedChange[] {
  return tasks
    .filter(isSuggestedChange)
    .flatMap((each) => suggestedChangeFromFhir(each) ?? [])
    .filter(({ owner, organisation, by }) => {
      if (owner?.voice !== 'professional' || namesOf(actor).includes(by.reference)) return false
      const isColleagues = organisation !== undefined && organisation.id === actor.organisation
      return isColleagues || namesOf(actor).includes(owner.reference)
    })
}

/** Changes of who can see a person are shown to the coordinator; to the whole team if no coordinator is named. */
function newsFor({ episode, said, answers }: TodayRecords, reader: string): readonly AccessNews[] {
  const coordinator = episode.careManager?.reference
  if (coordinator?.startsWith('Practitioner/') && coordinator !== reader) return []
  return unseenBy(reader, accessNewsFrom(said), answers)
}

/** The last word about this version is “not like this”; or a yes left something out that nobody has changed since. */
function saidNoIn(
  plan: Plan | undefined,
  said: TodayRecords['said'],
  leftOut: StillLeftOut | undefined,
): Pick<TodayFacts, 'saidNo'> {
  if (!plan) return {}
  const { id, version = '' } = plan
  const answer = answerTo(answersAbout(plan, said), version)
  if (answer && !answer.yes && !isInPart(answer))
    return { saidNo: { plan: id, version, at: answer.at, words: answer.words } }
  if (!leftOut) return {}
  const { since, parts } = leftOut
  const words = [since.words, ...parts.map((each) => each.words)].filter(Boolean).join(' · ')
  const notTo = parts.map(({ name }) => name).join('; ')
  return { saidNo: { plan: id, version, at: since.at, words, notTo } }
}

function preparedIn({ prepared, answers }: TodayRecords): NonNullable<TodayFacts['prepared']> {
  const written = prepared.filter(isPreparation).map(preparationFromFhir)
  const held = answers.flatMap((each) => heldReviewFromFhir(each) ?? [])
  const rank = ({ saidBy }: Preparation) => (saidBy?.voice === 'person' ? 0 : 1)
  return preparedFor(written, held)
    .toSorted((one, other) => rank(one) - rank(other))
    .flatMap(({ id, saidBy, asks }) => (saidBy ? [{ id, by: saidBy, ask: asks[0] ?? '' }] : []))
}

const coordinatorIn = ({ careManager }: TodayRecords['episode']) =>
  careManager?.reference
    ? { coordinator: { reference: careManager.reference, name: careManager.display ?? '' } }
    : {}

/** Each stay with the calls that were made, or tried, after it. */
function staysIn({ stays, answers }: TodayRecords): readonly TodayStay[] {
  const contacts = answers.flatMap((each) => contactFromFhir(each) ?? [])
  const visits = stays.flatMap((each) => visitIn(each) ?? [])
  return stays.flatMap((encounter): readonly TodayStay[] => {
    const stay = wardStayFromFhir(encounter)
    if (!stay) return []
    const { id, from, until, reason } = stay
    const tries = triesAfter(id, { contacts, visits })
    return [{ id, from, reason, ...given('until', until), ...(tries.length > 0 ? { tries } : {}) }]
  })
}
