import type { Basic, PractitionerRole } from '@medplum/fhirtypes'
import { dayIn } from '#domain/calendar/zone.ts'
import type { Absence } from '#domain/cover/absence.ts'
import { absencesFromFhir } from '#domain/cover/absence-fhir.ts'
import { type AwayNow, awayOn, type CoverOfPerson } from '#domain/cover/away-now.ts'
import { coverNoteFromFhir } from '#domain/cover/cover-note.ts'
import { gableCodeSystem } from '#domain/fhir/codes.ts'
import { keepNote, type RequestContext } from '#server/http/request-context.ts'
import { codeNumber, codeText } from '#server/store/indexing/index-entries.ts'
import type { ReadingSql } from '#server/store/sql.ts'
import { storedRecord } from '#server/store/stored-json.ts'

export type StaffRole = PractitionerRole & { id: string }

type Row = Readonly<{ id: string; vid: number; content: unknown }>

const asRole = ({ id, vid, content }: Row): StaffRole => {
  const role = storedRecord(content) as PractitionerRole
  return { ...role, id, meta: { ...role.meta, versionId: String(vid) } }
}

/** Two who write down absences of one organisation at once wait for each other: neither can break the other’s cover. */
export async function lockAbsences(
  { service }: RequestContext,
  organisation: string,
): Promise<void> {
  await service.sql.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
    `absences ${organisation}`,
  ])
}

/** Every active role in an organisation. */
export async function rolesIn(
  { service }: Pick<RequestContext, 'service'>,
  organisation: string,
): Promise<readonly StaffRole[]> {
  const { rows } = await service.sql.query<Row>(
    `select id, vid, content from resource where rt = 'PractitionerRole' and content is not null
       and coalesce(content ->> 'active', 'true') = 'true'
       and content #>> '{organization,reference}' = $1 order by rid`,
    [`Organization/${organisation}`],
  )
  return rows.map(asRole)
}

/**
 * The role as it was read, with its absences: what an administrator changed meanwhile stands (412). The roles are about nobody
 * in care: the log says who wrote down whose absence.
 */
export async function keepRole(
  context: RequestContext,
  role: StaffRole,
  { way, why }: Readonly<{ way: string; why: string }>,
): Promise<void> {
  const expect = { version: Number(role.meta?.versionId) }
  await context.service.store.writeMany([{ resource: role, expect, skipIfSame: true }])
  await keepNote(context, new Map(), { act: 'U', way, why })
}

export const absencesOf = (roles: readonly StaffRole[]): readonly Absence[] =>
  roles.flatMap(absencesFromFhir)

/** Found by the index of codes: no other `Basic` is read. */
export const isCodedSql = (table: string, code: 'cover-note' | 'coordinator-change'): string =>
  `${table}.code = ${codeNumber('Basic', gableCodeSystem, codeText(gableCodeSystem, code))} and ${table}.rt = 'Basic' and ${table}.content is not null`

/** A cover note that says one of these absences: no other is read. */
export const isOfAbsences = (content: string, absences: string): string =>
  `jsonb_path_query_array(${content}, '$.extension[*].extension[*] ? (@.url == "absence").valueId') ?| ${absences}::text[]`

/** For these absences: the people with another cover than the others. */
export async function exceptionsOf(
  sql: Pick<ReadingSql, 'query'>,
  absences: readonly string[],
): Promise<readonly CoverOfPerson[]> {
  if (absences.length === 0) return []
  const { rows } = await sql.query<Row>(
    `select id, vid, content from resource r where ${isCodedSql('r', 'cover-note')}
       and ${isOfAbsences('content', '$1')} and content -> 'extension' @> '[{"extension":[{"url":"cover"}]}]' order by rid`,
    [[...absences]],
  )
  return rows
    .flatMap(({ content }) => coverNoteFromFhir(storedRecord(content) as Basic) ?? [])
    .flatMap(({ absence, person, cover }) =>
      cover && absences.includes(absence) ? [{ absence, person, cover }] : [],
    )
}

/** Everybody who is away today by the clock and zone of the service. */
export async function awayNow({
  service,
  now,
  zone,
}: Pick<RequestContext, 'service' | 'now' | 'zone'>): Promise<AwayNow> {
  const { rows } = await service.sql.query<Row>(
    `select id, vid, content from resource where rt = 'PractitionerRole' and content is not null
       and content -> 'notAvailable' is not null and coalesce(content ->> 'active', 'true') = 'true' order by rid`,
  )
  const today = dayIn(zone, now)
  const { absences } = awayOn(absencesOf(rows.map(asRole)), [], today)
  const exceptions = await exceptionsOf(
    service.sql,
    absences.map(({ id }) => id),
  )
  return { absences, exceptions }
}
