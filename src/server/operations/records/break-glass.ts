import type { Flag, Parameters } from '@medplum/fhirtypes'
import { isStaff } from '#domain/access/actor.ts'
import {
  type BreakGlassGrant,
  breakGlassMinutes,
  breakGlassToFhir,
} from '#domain/access/break-glass.ts'
import {
  type BreakGlass,
  breakGlassAnswer,
  breakGlassRequest,
} from '#domain/access/break-glass-parameters.ts'
import { dayIn } from '#domain/calendar/zone.ts'
import { relationTo } from '#server/authorization/relation-to.ts'
import { note, type RequestContext } from '#server/http/request-context.ts'
import { peopleWithNumber } from '#server/integrity/people-with-number.ts'
import { withinRecord } from '#server/interactions/record-transaction.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation } from '#server/operations/operation.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'
import { openBreakGlass } from './open-break-glass.ts'

const way = '$break-glass'
const most = 5
const withinMinutes = 15

/**
 * Opens the record of a person in an emergency, for a professional who is not named in their care: found by NHS number
 * and date of birth together, for an hour by our clock. It leaves an alert for the person's practice and team, and the
 * person sees who and why.
 */
export const breakGlassOperation: Operation = {
  name: 'break-glass',
  on: 'system',
  changes: true,
  purpose: `Opens one person’s record for ${breakGlassMinutes} minutes in an emergency: nhsNumber, birthDate, reason (emergency, cannot-speak, safeguarding, other) and words. Raises an alert; the person sees it`,
  async run({ actor, body, context }) {
    if (!isStaff(actor) || !actor.practitioner)
      throw forbidden('Only professionals can open a record in an emergency')
    const wish = askedParameters({ ...(body ? { body } : {}) }, breakGlassRequest)
    // each try is stored with its result, whichever of many at once comes first
    const opened = await withinRecord(context, async (inside) => await open(inside, wish))
    if (opened instanceof FhirProblem) throw opened
    return opened
  },
}

/** Returns the refusal, so that its audit entry is not lost with the transaction. */
async function open(context: RequestContext, wish: BreakGlass): Promise<Parameters | FhirProblem> {
  const { actor, now } = context
  await mustNotBeGuessing(context)
  const { found, concerned } = await personBy(context, wish)
  if (!found || !actor.practitioner) return await nobody(context, concerned)
  const relation = await relationTo(context, found)
  if (relation === 'named') return answer(found)
  const [open] = relation === 'break-glass' ? await openBreakGlass(context, found) : []
  if (open) return answer(found, open)
  const grant: BreakGlassGrant = {
    ...{ id: crypto.randomUUID(), person: found, practitioner: actor.practitioner },
    name: actor.name,
    ...(actor.organisation ? { organisation: actor.organisation } : {}),
    ...{ reason: wish.reason, words: wish.words, alert: true, from: now.toISOString() },
    until: new Date(now.getTime() + breakGlassMinutes * 60_000).toISOString(),
  }
  await keep(context, grant)
  return answer(found, grant)
}

/**
 * Somebody who tries one number after another is stopped before anything is looked up; simultaneous tries wait for each
 * other.
 */
async function mustNotBeGuessing({ service, actor, now }: RequestContext): Promise<void> {
  await service.sql.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
    `${way} ${actor.identity}`,
  ])
  const { rows } = await service.sql.query<{ tries: number }>(
    `SELECT count(*)::int AS tries FROM audit
     WHERE identity = $1 AND way = $2 AND NOT allowed AND at > $3::timestamptz`,
    [actor.identity, way, new Date(now.getTime() - withinMinutes * 60_000)],
  )
  if ((rows[0]?.tries ?? 0) < most) return
  throw new FhirProblem(429, 'throttled', 'Too many tries. Wait 15 minutes', {
    headers: { 'Retry-After': String(withinMinutes * 60) },
  })
}

/**
 * Both must match one person exactly; of several with one number the one that has had it longest. `concerned`: whose
 * number it is, for the audit log only.
 */
async function personBy(
  { service, now, zone }: RequestContext,
  { nhsNumber, birthDate }: BreakGlass,
): Promise<Readonly<{ found?: string; concerned?: string }>> {
  const people = await peopleWithNumber(service.store, nhsNumber, dayIn(zone, now))
  const found = people.find(({ patient }) => patient.birthDate === birthDate)
  const [concerned] = people
  return {
    ...(found ? { found: found.id } : {}),
    ...(concerned ? { concerned: concerned.id } : {}),
  }
}

/** One answer for a number that nobody has and for a date of birth that does not match. */
async function nobody(
  context: RequestContext,
  concerned: string | undefined,
): Promise<FhirProblem> {
  const text = 'Nobody was found with this number and date of birth'
  const what = new Map(concerned ? [[concerned, [`Patient/${concerned}`]] as const] : [])
  await note(context, what, { act: 'E', way, allowed: false, why: text })
  return new FhirProblem(404, 'not-found', text)
}

async function keep(context: RequestContext, grant: BreakGlassGrant): Promise<void> {
  const resource: Flag & { id: string } = breakGlassToFhir(grant)
  await withinRecord(context, async (inside) => {
    await inside.service.store.write({ resource, expect: 'absent' })
    const what = new Map([[grant.person, [`Patient/${grant.person}`, `Flag/${grant.id}`]]])
    const why = [grant.reason, grant.words].filter(Boolean).join(': ')
    await note(inside, what, { act: 'E', way, why })
  })
}

const answer = (person: string, grant?: BreakGlassGrant): Parameters =>
  breakGlassAnswer.write({ person, ...(grant ? { until: grant.until, opening: grant.id } : {}) })
