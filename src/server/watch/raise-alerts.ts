import type { Flag, Observation, Resource } from '@medplum/fhirtypes'
import { isRestricted } from '#domain/access/labels/restricted.ts'
import {
  type AlertDuty,
  type AlertFound,
  alertDutyExtension,
  alertDutyName,
  alertDutyOf,
} from '#domain/alert/alert-duty.ts'
import { answerBy } from '#domain/alert/answer-by.ts'
import { closedAlerts } from '#domain/alert/closed-alerts.ts'
import { alertFlag, alertIdFor } from '#domain/alert/closing.ts'
import { type OpenAlert, openAlerts } from '#domain/alert/open-alerts.ts'
import { dutyNow, type RaisedAlert, raisedAlerts } from '#domain/alert/raised-alert.ts'
import { whoIsNext } from '#domain/alert/who-is-next.ts'
import type { AwayNow } from '#domain/cover/away-now.ts'
import { referenceTarget } from '#domain/fhir/reference-target.ts'
import { given, idIn, withExtensions } from '#domain/fhir/references-and-extensions.ts'
import { limitsFrom, readingFromFhir, uncomparedFromFhir } from '#domain/reading/fhir.ts'
import { everyOutside, riseBasis, standingSince } from '#domain/reading/limits.ts'
import type { ReadingKind } from '#domain/reading/reading.ts'
import { findTrends, type Trend } from '#domain/trend/find-trends.ts'
import { type AskedAnswer, asClosedAs } from '#server/assessment/given-answers.ts'
import type { ProvenanceEntry } from '#server/audit/provenance.ts'
import { awayNow } from '#server/cover/kept-absences.ts'
import { note, type RequestContext } from '#server/http/request-context.ts'
import { type AlertOwners, ownersOf } from './alert-owners.ts'
import { type WatchedRecord, watchedAmong, watchedRecord } from './watched-record.ts'

type RaisedFlag = Flag & { id: string }

/**
 * What follows from a reading, and from a limit or a rule that is agreed: one alert with one owner for each kind of reading, in
 * the transaction that wrote it. While it is open, what comes more is added to it, and nobody else is told; if it was answered,
 * its time begins again, because nobody has answered for that. Safe to repeat.
 */
export async function raiseAlerts(
  context: RequestContext,
  authored: readonly ProvenanceEntry[],
): Promise<void> {
  const people = [
    ...new Set(authored.filter(isWatched).flatMap(({ person }) => person ?? [])),
  ].toSorted()
  if (people.length === 0) return
  const watched = await watchedAmong(context, people)
  if (watched.length === 0) return
  const away = await awayNow(context)
  for (const person of watched) {
    const record = await watchedRecord(context, person)
    if (!record) continue
    const owners = await ownersOf(context, record, away)
    await keep(context, record, flagsToWrite({ ...record, away, owners }, context))
  }
}

const isReading = (resource: Resource) =>
  resource.resourceType === 'Observation' &&
  (readingFromFhir(resource) !== undefined || uncomparedFromFhir(resource) !== undefined)

/** Readings, what is agreed about them, and the end of a pause; also an alert of which only a part was closed. */
function isWatched({ act, resource }: ProvenanceEntry): boolean {
  if (act === 'D') return false
  if (resource.resourceType === 'Flag') return resource.id.startsWith('alert-')
  return (
    resource.resourceType === 'CarePlan' ||
    resource.resourceType === 'EpisodeOfCare' ||
    isReading(resource)
  )
}

type Looked = Readonly<{ open: readonly OpenAlert[]; found: readonly KindFound[] }>
type KindFound = AlertFound & Readonly<{ kind: ReadingKind }>

/** What is open by the record as it is, and everything that was found and that nobody has closed. */
function lookAt(record: WatchedRecord, zone: string): Looked {
  const { plans, episode, flags, observations } = record
  const limits = standingSince(plans.flatMap(limitsFrom), episode.period?.start)
  const closed = closedAlerts(flags)
  const readings = observations.flatMap((each) => readingFromFhir(each) ?? [])
  const open = openAlerts({
    ...{ readings, limits, closed, zone, raised: raisedAlerts(flags) },
    uncompared: observations.flatMap((each) => uncomparedFromFhir(each) ?? []),
  })
  const outside = everyOutside(readings, limits, zone).map((breach): KindFound => {
    const { why, reading, rise } = breach
    const basis = why === 'rise' ? riseBasis(breach, readings, zone) : [reading]
    return {
      ...{ kind: reading.kind, why, reading: reading.id, rule: 'limit' },
      ...{ version: limitVersion(record, reading.kind), ...given('amount', rise) },
      basis: basis.map(({ id }) => versionOf(record, id)),
    }
  })
  const trends = record.trends.flatMap((watched) => findTrends(readings, watched, zone))
  const found = [...outside, ...uncomparedIn(record, open), ...trends.map(foundOf(record))]
  return { open, found: found.filter(({ reading }) => !closed.includes(reading)) }
}

const uncomparedIn = (record: WatchedRecord, open: readonly OpenAlert[]): readonly KindFound[] =>
  open
    .filter(({ why }) => why === 'unit')
    .flatMap(({ kind, alerts }) =>
      alerts.map((reading) => ({
        ...{ kind, why: 'unit' as const, reading, rule: 'limit' },
        ...{ version: limitVersion(record, kind), basis: [versionOf(record, reading)] },
      })),
    )

/** The version of the plan that says the limit. */
function limitVersion({ plans }: WatchedRecord, kind: ReadingKind): string {
  const plan = plans.find((each) => limitsFrom(each).some((limit) => limit.kind === kind))
  return `CarePlan/${plan?.id ?? ''}/_history/${plan?.meta?.versionId ?? '1'}`
}

/** The Flags that are missing, or that do not say everything yet. */
function flagsToWrite(
  record: WatchedToday,
  { now, zone }: Readonly<{ now: Date; zone: string }>,
): readonly RaisedFlag[] {
  const { open, found } = lookAt(record, zone)
  const byKind = Map.groupBy(found, ({ kind }) => kind)
  return [...byKind].flatMap(([kind, all]): readonly RaisedFlag[] => {
    const standing = open.find((each) => each.kind === kind && each.raised)?.raised
    const flag = record.flags.find(({ id }) => id === standing?.flag)
    const duty = flag && alertDutyOf(flag)
    const known = duty?.found ?? []
    const more = all.filter((each) => !known.some((one) => isSame(one, each)))
    const [first] = more.toSorted((one, other) => timeOf(record, one) - timeOf(record, other))
    if (!first) return []
    const told = [...known, ...more]
    const isClosed = [flag, ...recordsOf(record, told)].some((each) => each && isRestricted(each))
    const next = newDuty(record, { ...{ now, zone, kind }, found: told, isRestricted: isClosed })
    if (standing && flag && duty) return [withDuty(flag, withMore(standing, next, now))]
    const about = `Observation/${first.reading}` as const
    const since = whenMeasured(record, first.reading) ?? next.raised
    const standingFlag = record.flags.find(({ id }) => id === alertIdFor(about))
    return [withDuty(standingFlag ?? alertFlag({ person: record.person, about, since }), next)]
  })
}

/** What was answered begins anew; what still waits keeps its owner and its time. */
const withMore = (standing: RaisedAlert, next: AlertDuty, now: Date): AlertDuty =>
  dutyNow(standing, now).is === 'answered' ? next : { ...standing.duty, found: next.found }

const isSame = (one: AlertFound, other: AlertFound) =>
  one.reading === other.reading && one.rule === other.rule

const observationOf = ({ observations }: WatchedRecord, id: string): Observation | undefined =>
  observations.find((each) => each.id === id)

function whenMeasured(record: WatchedRecord, id: string): string | undefined {
  const observation = observationOf(record, id)
  return observation && (readingFromFhir(observation) ?? uncomparedFromFhir(observation))?.at
}

const timeOf = (record: WatchedRecord, { reading }: AlertFound) =>
  Date.parse(whenMeasured(record, reading) ?? '')

/** The exact version of a reading. */
const versionOf = (record: WatchedRecord, id: string) =>
  `Observation/${id}/_history/${observationOf(record, id)?.meta?.versionId ?? '1'}`

const foundOf =
  (record: WatchedRecord) =>
  ({ rule, reading, basis, amount }: Trend): KindFound => ({
    ...{
      kind: rule.kind,
      why: 'trend',
      reading: reading.id,
      rule: rule.code,
      version: rule.version,
      amount,
    },
    basis: basis.map(({ id }) => versionOf(record, id)),
  })

type WatchedToday = WatchedRecord & Readonly<{ away: AwayNow; owners: AlertOwners }>

type NewDuty = Readonly<{
  now: Date
  zone: string
  kind: AlertDuty['kind']
  found: readonly AlertFound[]
  isRestricted: boolean
}>

function newDuty(record: WatchedToday, { now, zone, kind, found, ...is }: NewDuty): AlertDuty {
  const away = record.away.absences.map(({ who }) => who.reference)
  const organisation = idIn(record.episode.managingOrganization?.reference)
  const at = now.toISOString()
  const { coordinator, ...covers } = record.owners
  const cover = is.isRestricted ? covers.ifRestricted : covers.cover
  const facts = { organisation, at, away }
  const instead = () => whoIsNext(record.team, record.posts, { owner: coordinator, ...facts })
  const owner = cover ?? instead() ?? coordinator
  return {
    ...{ kind, raised: at, found, ...given('owner', owner) },
    answerBy: answerBy(now, { hours: record.hours, zone }).toISOString(),
    ...given('next', whoIsNext(record.team, record.posts, { owner, ...facts })),
  }
}

const withDuty = (flag: Flag, duty: AlertDuty): RaisedFlag => ({
  ...flag,
  id: flag.id ?? '',
  ...withExtensions(flag, { [alertDutyName]: [alertDutyExtension(duty)] }),
})

const readingsIn = (record: WatchedRecord, flag: Flag): readonly Observation[] =>
  recordsOf(record, alertDutyOf(flag)?.found ?? [])

/** Every reading that an alert tells of: what was found, and what it was worked out from. */
function recordsOf(record: WatchedRecord, found: readonly AlertFound[]): readonly Observation[] {
  const ids = found.flatMap(({ reading, basis }) => [
    reading,
    ...basis.map((each) => referenceTarget(each)?.id ?? ''),
  ])
  return [...new Set(ids)].flatMap((id) => observationOf(record, id) ?? [])
}

/** As closed to others as every reading it tells of; in the audit log it is done by a rule. */
async function keep(
  context: RequestContext,
  record: WatchedRecord,
  flags: readonly RaisedFlag[],
): Promise<void> {
  if (flags.length === 0) return
  const { person } = record
  const written = await context.service.store.writeMany(
    flags.map((flag) => {
      const asked = { resource: flag, expect: 'anything' as const }
      const closed = readingsIn(record, flag).reduce(
        (standing, reading) => asClosedAs(reading, standing),
        asked as AskedAnswer,
      )
      return { ...closed, person, vouched: false }
    }),
  )
  for (const [outcome, act] of [
    ['created', 'C'],
    ['updated', 'U'],
  ] as const) {
    const names = written
      .filter((each) => each.outcome === outcome)
      .map(({ kept }) => `${kept.type}/${kept.id}`)
    if (names.length > 0) await note(context, new Map([[person, names]]), { act, way: 'by-rule' })
  }
}
