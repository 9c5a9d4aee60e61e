import type { Basic } from '@medplum/fhirtypes'
import { addDays } from '#domain/calendar/days.ts'
import { dayOf } from '#domain/calendar/zone.ts'
import {
  type CoordinatorChange,
  coordinatorChangeFromFhir,
} from '#domain/cover/coordinator-change.ts'
import type { OperationCall } from '#server/operations/operation.ts'
import { storedRecord } from '#server/store/stored-json.ts'
import { isCodedSql } from './kept-absences.ts'

type Row = Readonly<{ id: string; content: unknown }>

const changeOf = ({ id, content }: Row) =>
  coordinatorChangeFromFhir({ ...(storedRecord(content) as Basic), id }) ?? []

/** What was handed over under this id; no other change is read. */
export async function changesOf(
  { context }: Pick<OperationCall, 'context'>,
  batch: string,
): Promise<readonly CoordinatorChange[]> {
  const { rows } = await context.service.sql.query<Row>(
    `select r.id, r.content from resource r where ${isCodedSql('r', 'coordinator-change')}
       and r.content -> 'extension' @> $1::jsonb order by r.rid`,
    [JSON.stringify([{ extension: [{ url: 'batch', valueId: batch }] }])],
  )
  return rows.flatMap(changeOf)
}

/** What stands of the last days: by this professional, from them, or to them. */
export async function changesAround(
  { context, today }: Pick<OperationCall, 'context' | 'today'>,
  me: string,
  days: number,
): Promise<readonly CoordinatorChange[]> {
  const since = addDays(today, -days)
  const { rows } = await context.service.sql.query<Row>(
    `select r.id, r.content from resource r where ${isCodedSql('r', 'coordinator-change')}
       and r.ts > $1::timestamptz order by r.rid`,
    [`${addDays(since, -1)}T00:00:00Z`],
  )
  return rows
    .flatMap(changeOf)
    .filter(({ undone, at }) => !undone && dayOf(at, context.zone) >= since)
    .filter(({ by, from, to }) => [by, from, to].some(({ reference }) => reference === me))
}

/** What was written for whoever takes a person over is kept beside what was written for absences. */
export const handedKey = (batch: string): string => `handed-${batch}`
