import type { Appointment } from '@medplum/fhirtypes'
import { type Actor, isStaff } from '#domain/access/actor.ts'
import { gableCodeSystem } from '#domain/fhir/codes.ts'
import { meetingSystem, talkFromFhir, talkToFhir } from '#domain/meeting/talk-fhir.ts'
import type { TeamTalk } from '#domain/meeting/team-talk.ts'
import { relationTo } from '#server/authorization/relation-to.ts'
import { keepRecords } from '#server/carer/keep-records.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import type { OperationCall } from '#server/operations/operation.ts'
import { forbidden, notFound } from '#server/problem.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import { scopeSql } from '#server/store/access/scope-sql.ts'
import { Params } from '#server/store/params.ts'
import { storedRecord } from '#server/store/stored-json.ts'

export type StoredTalk = Readonly<{ record: Appointment & { id: string }; talk: TeamTalk }>

type Row = Readonly<{ id: string; vid: number; content: unknown }>

type Reading = Pick<OperationCall, 'sql' | 'scope' | 'now'>

export const isTalkSql = (table: string) =>
  `${table}.rt = 'Appointment' and ${table}.content -> 'appointmentType' -> 'coding' @>
    '[{"system":"${gableCodeSystem}","code":"team-meeting"}]'`

function storedTalkOf({ id, vid, content }: Row): readonly StoredTalk[] {
  const record = {
    ...(storedRecord(content) as Appointment),
    ...{ id, meta: { ...(storedRecord(content) as Appointment).meta, versionId: String(vid) } },
  }
  const talk = talkFromFhir(record)
  return talk ? [{ record, talk }] : []
}

/** What a meeting says about each person within the reader’s reach, in the order of the agenda. */
export async function talksOfMeeting(
  { sql, scope, now }: Reading,
  meeting: string,
): Promise<readonly StoredTalk[]> {
  const params = new Params()
  const named = params.add(JSON.stringify([{ system: meetingSystem, value: meeting }]), 'text')
  const { rows } = await sql.query<Row>(
    `select r.id, r.vid, r.content from resource r where ${isTalkSql('r')}
       and r.content -> 'identifier' @> ${named}::jsonb
       and ${scopeSql(scope, 'r', params, now)} order by (r.content ->> 'priority')::int, r.rid`,
    params.values,
  )
  return rows.flatMap(storedTalkOf)
}

/** Every talk from this instant on within the reader’s reach. */
export async function talksSince(
  { sql, scope, now }: Reading,
  since: string,
): Promise<readonly StoredTalk[]> {
  const params = new Params()
  const from = params.add(since, 'text')
  const { rows } = await sql.query<Row>(
    `select r.id, r.vid, r.content from resource r where ${isTalkSql('r')}
       and r.content ->> 'start' >= ${from} and ${scopeSql(scope, 'r', params, now)}
     order by r.content ->> 'start' desc, (r.content ->> 'priority')::int`,
    params.values,
  )
  return rows.flatMap(storedTalkOf)
}

/** Programs, persons, carers and managers take no part in a meeting. Throws 403. */
export function mustBeProfessional(actor: Actor): void {
  if (!isStaff(actor) || !actor.practitioner)
    throw forbidden('Only professionals who care for people take part in a team meeting')
}

/** Only whoever may write in a person’s record decides about them. Throws 403. */
export async function mustBeOfTeam(context: RequestContext, person: string): Promise<void> {
  if (await isOfTeam(context, person)) return
  throw forbidden('Only professionals who care for this person decide in a meeting about them')
}

export async function isOfTeam(context: RequestContext, person: string): Promise<boolean> {
  const { actor } = context
  if (!isStaff(actor) || !actor.practitioner) return false
  return ['named', 'related'].includes(await relationTo(context, person))
}

/**
 * The talk as it stands, for a change by the caller; whoever changes it next waits, so that two screens at once lose
 * nothing. 404 for a talk that the caller may not see.
 */
export async function talkToChange(context: RequestContext, id: string): Promise<StoredTalk> {
  const seen = await context.store.read('Appointment', id, context.accessScope.scope)
  if (seen?.resource?.resourceType !== 'Appointment') throw notFound()
  await context.service.sql.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
    `meeting ${talkFromFhir(seen.resource)?.meeting ?? id}`,
  ])
  const { resource, version } =
    (await context.service.store.read('Appointment', id, everyone)) ?? {}
  if (resource?.resourceType !== 'Appointment') throw notFound()
  const record = { ...resource, id, meta: { ...resource.meta, versionId: String(version) } }
  const talk = talkFromFhir(record)
  if (!talk) throw notFound()
  await mustBeOfTeam(context, talk.person)
  return { record, talk }
}

/** Writes the talk over the record that was locked. */
export async function keepTalk(
  context: RequestContext,
  { record, talk }: StoredTalk,
  way: string,
): Promise<void> {
  await keepRecords(context, [talkToFhir(talk, record)], { person: talk.person, way })
}
