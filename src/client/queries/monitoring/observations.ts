import type { CarePlan, EpisodeOfCare, Flag, Observation, Resource } from '@medplum/fhirtypes'
import { queryOptions } from '@tanstack/react-query'
import { madeOfRecords } from '#client/cache/records-at-hand.ts'
import { clockZone, now } from '#client/clock.ts'
import { allRecords } from '#client/fhir/all-records.ts'
import { createOnce } from '#client/fhir/create-once.ts'
import { changePlan } from '#client/queries/care-plan/plan.ts'
import { whoAmI } from '#client/session/who-am-i.ts'
import { closedAlerts } from '#domain/alert/closed-alerts.ts'
import { type Closing, closingsOf } from '#domain/alert/closing.ts'
import { type RaisedAlert, raisedAlerts } from '#domain/alert/raised-alert.ts'
import { standingCase } from '#domain/case/case.ts'
import { caseFromFhir } from '#domain/case/fhir.ts'
import { extensionOf } from '#domain/fhir/references-and-extensions.ts'
import { withRecord } from '#domain/fhir/with-record.ts'
import { isPlan } from '#domain/plan/fhir.ts'
import type { Plan } from '#domain/plan/plan.ts'
import { codesOf } from '#domain/reading/codes.ts'
import {
  limitsFrom,
  readingFromFhir,
  readingToFhir,
  uncomparedFromFhir,
  withLimit,
} from '#domain/reading/fhir.ts'
import { byTime, type ReadingLimit, standingSince } from '#domain/reading/limits.ts'
import { type Reading, readingKinds, type UncomparedReading } from '#domain/reading/reading.ts'
import { patientsOf } from '#domain/sync/patients-of.ts'
import type { WatchedTrend } from '#domain/trend/find-trends.ts'
import { currentTrendRule, type TrendRuleCode } from '#domain/trend/trend-rules.ts'
import { watchedTrends, withWatchedTrend } from '#domain/trend/watched-trends.ts'

export type Observations = Readonly<{
  /** oldest first */
  readings: readonly Reading[]
  /** those in a unit that cannot be compared, oldest first */
  uncompared: readonly UncomparedReading[]
  limits: readonly ReadingLimit[]
  /** ids of readings whose alert somebody has closed */
  closed: readonly string[]
  /** the alerts that the service has raised and nobody has closed */
  raised: readonly RaisedAlert[]
  /** the rules about trends that are agreed in the plan */
  trends: readonly WatchedTrend[]
  /** why alerts were closed, the latest first; `about`: for example `Observation/1` */
  closings: readonly (Closing & Readonly<{ flag: string; about: string }>)[]
  /** the case is paused: nobody is alerted about a reading */
  paused: boolean
  /** the service's time zone */
  zone: string
}>

const ended = ['revoked', 'completed', 'entered-in-error']

/** The readings of a person, with their agreed limits. */
export const observationsQuery = (person: string) =>
  queryOptions({
    queryKey: ['readings', person],
    ...madeOfRecords({
      kinds: ['Observation', 'CarePlan', 'Flag', 'EpisodeOfCare'],
      find: (signal) => findRecords(person, signal),
      make: observationsFrom,
      put: (found, records) =>
        records.filter((each) => patientsOf(each).includes(person)).reduce(putOne, found),
      pick: (found, type, id) =>
        Object.values(found)
          .flat()
          .find((each) => each.resourceType === type && each.id === id),
    }),
  })

export const findObservations = async (
  person: string,
  signal: AbortSignal,
): Promise<Observations> => observationsFrom(await findRecords(person, signal))

type Found = Readonly<{
  observations: readonly Observation[]
  plans: readonly CarePlan[]
  flags: readonly Flag[]
  episodes: readonly EpisodeOfCare[]
}>

const readingCodes: readonly string[] = codesOf(readingKinds)

/** What a search by code or by category would find. */
const isReading = ({ code, category = [] }: Observation) =>
  (code.coding ?? []).some((each) => readingCodes.includes(each.code ?? '')) ||
  category.some((each) => each.coding?.some((coding) => coding.code === 'vital-signs'))

function putOne(found: Found, record: Resource): Found {
  switch (record.resourceType) {
    case 'Observation':
      return {
        ...found,
        observations: withRecord(found.observations, record, isReading(record)),
      }
    case 'CarePlan':
      return { ...found, plans: withRecord(found.plans, record) }
    case 'Flag':
      return { ...found, flags: withRecord(found.flags, record) }
    case 'EpisodeOfCare':
      return { ...found, episodes: withRecord(found.episodes, record) }
    default:
      return found
  }
}

async function findRecords(person: string, signal: AbortSignal): Promise<Found> {
  const patient = `Patient/${person}`
  const [ours, others, plans, flags, episodes] = await Promise.all([
    allRecords('Observation', { patient, code: codesOf(readingKinds).join(',') }, signal),
    // readings with codes that we do not know raise alerts, too
    allRecords('Observation', { patient, category: 'vital-signs' }, signal),
    allRecords('CarePlan', { patient }, signal),
    allRecords('Flag', { patient }, signal),
    allRecords('EpisodeOfCare', { patient }, signal),
  ])
  const found = new Map([...ours, ...others].map((each) => [each.id, each]))
  return { observations: [...found.values()], plans, flags, episodes }
}

export function observationsFrom({
  observations: found,
  plans,
  flags,
  episodes,
}: Found): Observations {
  const standing = standingCase(episodes.map(caseFromFhir))
  const agreed = plans.filter((plan) => isPlan(plan) && !ended.includes(plan.status))
  const limits = standingSince(agreed.flatMap(limitsFrom), standing?.since)
  return {
    readings: found.flatMap((each) => readingFromFhir(each) ?? []).toSorted(byTime),
    uncompared: found.flatMap((each) => uncomparedFromFhir(each) ?? []).toSorted(byTime),
    limits,
    closed: closedAlerts(flags),
    raised: raisedAlerts(flags),
    trends: agreed.flatMap(watchedTrends),
    closings: flags.flatMap(closingIn).toSorted((one, other) => other.at.localeCompare(one.at)),
    paused: standing?.state === 'paused',
    zone: clockZone(),
  }
}

function closingIn(flag: Flag) {
  const about = extensionOf(flag, 'about')?.valueReference?.reference ?? ''
  const last = closingsOf(flag).at(-1)
  return last && flag.status === 'inactive' ? [{ ...last, flag: flag.id ?? '', about }] : []
}

/** Saves a reading in the name of the signed-in user. The caller keeps `id` over retries. */
export async function addObservation(reading: Reading): Promise<void> {
  await createOnce(readingToFhir({ ...reading, by: whoAmI(reading.person) }))
}

/**
 * Agrees a limit, from now on: part of the plan, so its version changes. Without numbers the limit is removed. A
 * changed limit is in force since it was first agreed.
 */
export async function setLimit(plan: Plan, limit: ReadingLimit): Promise<void> {
  const dated = { ...limit, since: now().toISOString() }
  await changePlan({
    ...{ person: plan.person, planId: undefined, kind: 'set-limit', room: 'roof' },
    edits: [
      {
        ...{ type: 'CarePlan', id: plan.id },
        onto: (current) => (current ? withLimit(current as CarePlan, dated) : undefined),
      },
    ],
  })
}

/** Agrees to watch for a trend from now on, by the rule as it is now; or no longer. Part of the plan, as limits are. */
export async function watchTrend(plan: Plan, code: TrendRuleCode, isOn: boolean): Promise<void> {
  const rule = currentTrendRule(code)
  const watched = isOn && rule ? { version: rule.version, since: now().toISOString() } : undefined
  await changePlan({
    ...{ person: plan.person, planId: undefined, kind: 'set-limit', room: 'roof' },
    edits: [
      {
        ...{ type: 'CarePlan', id: plan.id },
        onto: (current) =>
          current ? withWatchedTrend(current as CarePlan, code, watched) : undefined,
      },
    ],
  })
}
