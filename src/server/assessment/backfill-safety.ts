import type { Patient } from '@medplum/fhirtypes'
import type { Clock } from '#domain/calendar/zone.ts'
import { writeAuditLog } from '#server/audit/audit-log.ts'
import { patientOf } from '#server/integrity/patient-of.ts'
import { createStore } from '#server/store/create-store.ts'
import type { Sql } from '#server/store/sql.ts'
import { storedRecord } from '#server/store/stored-json.ts'
import {
  type AnswerPlace,
  type AskedAnswer,
  asClosedAs,
  type GivenAnswers,
} from './given-answers.ts'
import { questionnaireOf } from './questionnaire-of.ts'
import { raised } from './raise-safety.ts'

const perPage = 500

/** Nobody signed in for this: the service does it when a new version starts. */
const byService = { identity: 'gable', name: 'Gable, by rule', role: 'unknown' as const }

type Row = Readonly<{
  rid: string | number
  id: string
  vid: number
  person: string
  content: unknown
}>

/**
 * Answers to item 9 of PHQ-9 that an earlier version stored without reacting raise the flag that they would raise
 * today. So nobody is missed, and at most one alert for each person is older than a fortnight: for the rest of the
 * year only the last answer counts. Whatever was flagged before, closed or not, is left alone, and so are people who
 * have died.
 */
export async function backfillSafety(sql: Sql, clock: Clock): Promise<void> {
  const store = createStore(sql, { now: () => clock.now, zone: clock.zone })
  const place: AnswerPlace = {
    ...clock,
    service: { store, sql },
    pendingWrites: new Map(),
    isImport: false,
  }
  for (let after = 0; ; ) {
    const rows = await unflagged(sql, after)
    const last = rows.at(-1)
    if (!last) return
    for (const row of rows) await raise(place, row)
    after = Number(last.rid)
  }
}

async function unflagged(sql: Sql, after: number): Promise<readonly Row[]> {
  const { rows } = await sql.query<Row>(
    `select r.rid, r.id, r.vid, r.person, r.content from resource r
     where r.rid > $1::bigint and r.person is not null and r.content is not null
       and (r.rt = 'QuestionnaireResponse' or (r.rt = 'Observation' and r.content::text like '%44260-8%'))
       and not exists (
         select 1 from resource f where f.rt = 'Flag' and f.person = r.person
           and (f.id = 'safety-' || r.id or f.content::text like '%' || r.rt || '/' || r.id || '"%'))
     order by r.rid limit ${perPage}`,
    [after],
  )
  return rows
}

async function raise(place: AnswerPlace, { id, vid, person, content }: Row): Promise<void> {
  const resource = {
    ...(storedRecord(content) as GivenAnswers),
    id,
  }
  const given = { resource, version: vid, act: 'C' as const, person }
  const formOf = async ({ questionnaire = '' }) => await questionnaireOf(place, questionnaire)
  const raisedNow: readonly AskedAnswer[] = await raised({ context: place, given, formOf })
  const flags = raisedNow.map((each) => asClosedAs(resource, each))
  if (flags.length === 0 || isDead(await patientOf(place, person))) return
  await place.service.store.writeMany(flags.map((each) => ({ ...each, person })))
  const what = new Map([[person, flags.map((each) => `Flag/${each.resource.id}`)]])
  const entry = {
    at: place.now,
    actor: byService,
    act: 'C' as const,
    way: 'by-rule',
    allowed: true,
  }
  await writeAuditLog(place.service.sql, [{ ...entry, what }])
}

const isDead = (patient: Patient | undefined) =>
  Boolean(patient?.deceasedBoolean || patient?.deceasedDateTime)
