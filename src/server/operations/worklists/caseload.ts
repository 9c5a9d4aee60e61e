import type { Patient } from '@medplum/fhirtypes'
import { dayOf } from '#domain/calendar/zone.ts'
import type { CaseloadRow } from '#domain/case/caseload.ts'
import { caseloadAnswer, caseloadPage } from '#domain/case/caseload-page.ts'
import { caseloadRequest } from '#domain/case/caseload-parameters.ts'
import { stateOfStatus } from '#domain/case/fhir.ts'
import { type AwayNow, awayFor, coverFor, coveringBy } from '#domain/cover/away-now.ts'
import { personFromFhir } from '#domain/person/fhir.ts'
import { isForReader } from '#domain/today/asked-items.ts'
import { type TodayItem, todayKinds } from '#domain/today/today.ts'
import { awayNow } from '#server/cover/kept-absences.ts'
import { note } from '#server/http/request-context.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import {
  type CaseloadFacts,
  caseloadFacts,
  nobodysCount,
  programmesOf,
} from '#server/operations/today/caseload-facts.ts'
import { storedRecord } from '#server/store/stored-json.ts'
import { type PersonToday, todayOfCaseload } from './today.ts'

/** The people whose case the actor coordinates or in whose team the actor is, with the facts of one line each. */
export const caseloadOperation: Operation = {
  name: 'caseload',
  on: 'system',
  changes: false,
  purpose:
    'The people the actor looks after, or whose team the actor is in, or whom nobody coordinates; each with why they are there: text, whose, show, segment, programme, sort, count (50), offset; with the count beside each filter',
  async run(call) {
    const asked = askedParameters(call, caseloadRequest)
    const all = await linesOf(call, asked.whose === 'nobody')
    const { page, total, counts } = caseloadPage(all, asked, call.today)
    const seen = page.map(({ person }) => [person, [`Patient/${person}`]] as const)
    await note(call.context, new Map(seen), { act: 'R', way: '$caseload' })
    const nobody = { facet: 'whose', value: 'nobody', count: await nobodysCount(call) }
    const others = counts.filter(({ facet, value }) => facet !== 'whose' || value !== 'nobody')
    return caseloadAnswer({ page, total, counts: [...others, nobody] }, all.length)
  },
}

/** Everybody of the list that is asked for; the reader’s own are worked out only where something changed. */
async function linesOf(call: OperationCall, isNobodys: boolean): Promise<readonly CaseloadRow[]> {
  if (isNobodys) {
    const facts = await caseloadFacts(call, 'nobody')
    return await rowsOf(call, { facts, away: nobodyAway, todays: new Map() })
  }
  const workOut = (only?: readonly string[]) => ownLines(call, only)
  const { caseloads } = call.context.service
  const { actor, scope, today } = call
  const key = JSON.stringify([actor, scope, today])
  const lines = await (caseloads ? caseloads(key, call.now, workOut) : workOut())
  return [...lines.values()].flat()
}

/** What is to be done about each is what Today says. */
async function ownLines(call: OperationCall, only?: readonly string[]) {
  const away = await awayNow(call.context)
  const covering = coveringBy(away, `Practitioner/${call.actor.practitioner}`)
  const facts = await caseloadFacts(call, covering, only)
  const { people } = await todayOfCaseload(call, only ? { only } : {})
  const todays = new Map(people.map((each) => [each.records.person, each]))
  return Map.groupBy(await rowsOf(call, { facts, away, todays }), ({ person }) => person)
}

const nobodyAway: AwayNow = { absences: [], exceptions: [] }

type Found = Readonly<{
  facts: readonly CaseloadFacts[]
  away: AwayNow
  todays: ReadonlyMap<string, PersonToday>
}>

async function rowsOf(
  call: OperationCall,
  { facts, away, todays }: Found,
): Promise<readonly CaseloadRow[]> {
  const me = `Practitioner/${call.actor.practitioner}`
  const programmes = await programmesOf(
    call,
    facts.map(({ person }) => person),
  )
  return facts.map((row) => ({
    ...lineOf(row, call),
    ...coveredIn(away, row, me),
    programmes: programmes.get(row.person) ?? [],
    ...todayOf(todays.get(row.person), call),
  }))
}

/** Somebody else’s person, whom the reader looks after now: theirs until that day. */
function coveredIn(
  away: AwayNow,
  { coordinated_by: by, organisation, person }: CaseloadFacts,
  me: string,
): Partial<Pick<CaseloadRow, 'whose' | 'coverFor' | 'coverUntil'>> {
  const coordinator = by ?? undefined
  const where = { coordinator, organisation: organisation ?? undefined }
  const found = coverFor(awayFor(away, where), coordinator, person)
  if (found?.cover.reference !== me) return {}
  return { whose: 'mine', coverFor: found.absent.name, coverUntil: found.until }
}

const places = new Map(todayKinds.map((kind, place) => [kind, place]))

/** The most pressing line: the reader’s own first. */
function todayOf(
  today: PersonToday | undefined,
  { actor }: OperationCall,
): Pick<CaseloadRow, 'band' | 'need'> {
  if (!today) return {}
  const weight = (item: TodayItem) =>
    (isForReader(item, actor) ? 0 : 1_000) + (places.get(item.kind) ?? 0)
  const [need] = today.items.toSorted(
    (one, other) => weight(one) - weight(other) || one.due.localeCompare(other.due),
  )
  return { band: today.band, ...(need ? { need } : {}) }
}

function lineOf(
  row: CaseloadFacts,
  { actor, today, context: { zone } }: OperationCall,
): Omit<CaseloadRow, 'programmes' | 'band' | 'need'> {
  const {
    family = '',
    given = '',
    birthDate = '',
    nhsNumber = '',
  } = personFromFhir(storedRecord(row.patient) as Patient, today)
  const planOn = row.plan_at ? dayOf(new Date(row.plan_at).toISOString(), zone) : ''
  return {
    ...{ person: row.person, caseId: row.case_id, state: stateOfStatus(row.status) },
    ...{ family, given, birthDate, nhsNumber, coordinator: row.coordinator ?? '' },
    planVersion: row.plan_version === null ? '' : String(row.plan_version),
    ...{ planEmpty: row.goals === 0, agreed: row.said === 'agree' },
    ...{ reviewOn: row.review_on ?? '', died: row.died ?? '', since: dayOf(row.since ?? '', zone) },
    lastContact: dayOf(row.last_contact ?? '', zone),
    ...{ pausedWhy: row.paused_why ?? '', planOn },
    ...{ isInHospital: row.in_hospital, segment: row.segment ?? '' },
    ...(row.chance === null ? {} : { chance: row.chance }),
    whose: whoseIs(row.coordinated_by, actor.practitioner),
  }
}

function whoseIs(manager: string | null, me: string | undefined): CaseloadRow['whose'] {
  if (manager === null) return 'nobody'
  return manager === `Practitioner/${me}` ? 'mine' : 'team'
}
