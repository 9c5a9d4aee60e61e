import type {
  Appointment,
  Communication,
  QuestionnaireResponse,
  Resource,
} from '@medplum/fhirtypes'
import { talkFromFhir } from '#domain/meeting/talk-fhir.ts'
import type { TeamTalk } from '#domain/meeting/team-talk.ts'
import { type Preparation, preparedFor } from '#domain/preparation/preparation.ts'
import { isPreparation, preparationFromFhir } from '#domain/preparation/preparation-fhir.ts'
import { heldReviewFromFhir } from '#domain/review/held-review.ts'
import type { OperationCall } from '#server/operations/operation.ts'
import { scopeSql } from '#server/store/access/scope-sql.ts'
import { Params } from '#server/store/params.ts'
import { storedRecord } from '#server/store/stored-json.ts'
import { isTalkSql, type StoredTalk } from './stored-talks.ts'

type Row = Readonly<{ rt: string; id: string; person: string; content: unknown }>
type Found = Readonly<{ person: string; record: Resource & { id: string } }>

/**
 * The first question that each of these people prepared last, as long as no conversation and no meeting before this one
 * has been about it.
 */
export async function ownQuestions(
  { sql, scope, now }: OperationCall,
  talks: readonly StoredTalk[],
): Promise<ReadonlyMap<string, string>> {
  const params = new Params()
  const people = talks.map(({ talk }) => talk.person)
  const ids = params.add(people, 'text[]')
  const { rows } = await sql.query<Row>(
    `select r.rt, r.id, r.person, r.content from resource r
     where r.person = any(${ids}) and r.content is not null and ${scopeSql(scope, 'r', params, now)}
       and (r.rt = 'QuestionnaireResponse' or (${isTalkSql('r')})
         or (r.rt = 'Communication' and r.content #>> '{category,0,coding,0,code}' = 'review'))
     order by r.content ->> 'authored'`,
    params.values,
  )
  const found = rows.map(({ id, person, content }) => ({
    person,
    record: { ...(storedRecord(content) as Resource), id },
  }))
  return new Map(
    talks.flatMap(({ talk }) => {
      const about = found.filter(({ person }) => person === talk.person)
      const question = questionFor(talk, about)
      return question ? [[talk.person, question] as const] : []
    }),
  )
}

function questionFor(talk: TeamTalk, about: readonly Found[]): string | undefined {
  const held = about
    .flatMap(({ record }) => heldIn(record, talk))
    .filter(({ at }) => talk.state !== 'done' || Date.parse(at) < Date.parse(talk.start))
  const written = about
    .flatMap(({ record }) => preparationsIn(record))
    .filter((each) => talk.state !== 'done' || isBefore(each, talk.doneAt))
  return preparedFor(written, held)
    .flatMap(({ asks }) => asks.filter(Boolean).slice(0, 1))
    .at(-1)
}

/** Conversations, and other meetings that talked about the person. */
function heldIn(record: Resource, { id }: TeamTalk): readonly Readonly<{ at: string }>[] {
  if (record.resourceType === 'Communication')
    return [heldReviewFromFhir(record as Communication) ?? []].flat()
  if (record.resourceType !== 'Appointment' || record.id === id) return []
  const other = talkFromFhir(record as Appointment)
  return other?.state === 'done' ? [{ at: other.start }] : []
}

function preparationsIn(record: Resource): readonly Preparation[] {
  if (record.resourceType !== 'QuestionnaireResponse' || !isPreparation(record)) return []
  const one = preparationFromFhir(record as QuestionnaireResponse & { id: string })
  return one.saidBy?.voice === 'person' ? [one] : []
}

const isBefore = ({ written }: Preparation, day = '') =>
  Date.parse(written?.at ?? '') < Date.parse(day)
