import type {
  Observation,
  Patient,
  QuestionnaireResponse,
  Resource,
  Task,
} from '@medplum/fhirtypes'
import { scoreRules } from '#domain/assessment/instruments/library.ts'
import { scoreIdFor } from '#domain/assessment/record.ts'
import { fromResponse } from '#domain/assessment/response.ts'
import { bandOf, type Score } from '#domain/assessment/score.ts'
import { type AnsweredForm, cardRecordOf, monthsBack } from '#domain/pathway/card-record.ts'
import type { ShownCard } from '#domain/pathway/care-card.ts'
import { shownCards } from '#domain/pathway/shown-cards.ts'
import { scoredKinds } from '#domain/risk/published/scored-kinds.ts'
import { isAnswerSuggestion } from '#domain/suggestion/fhir.ts'
import type { OperationCall } from '#server/operations/operation.ts'
import { scopeSql } from '#server/store/access/scope-sql.ts'
import { Params } from '#server/store/params.ts'
import type { ReadingSql } from '#server/store/sql.ts'
import { storedRecord } from '#server/store/stored-json.ts'
import { careCardsNow } from './care-cards-now.ts'

/** The cards of a person, worked out from what the caller may see, and the suggestions that came of them. */
export type CardsOfPerson = Readonly<{
  cards: readonly ShownCard[]
  records: readonly Resource[]
  decided: readonly Task[]
  hasMedicines: boolean
}>

export async function cardsOfPerson(call: OperationCall, sql: ReadingSql): Promise<CardsOfPerson> {
  const records = await recordsSeen(call, sql)
  const answered = records.filter(isAnswers).flatMap((each) => answeredIn(each, records))
  const record = cardRecordOf(records, answered, call.today)
  const usable = (await careCardsNow(sql)).filter(({ isOn }) => isOn)
  return {
    cards: hasDied(records) ? [] : shownCards(usable, record),
    ...{ records, decided: records.filter(isCardStep) },
    hasMedicines: record.evidence.medicines.length > 0,
  }
}

const isAnswers = (record: Resource): record is QuestionnaireResponse =>
  record.resourceType === 'QuestionnaireResponse'

const isCardStep = (record: Resource): record is Task =>
  isAnswerSuggestion(record) &&
  record.status !== 'entered-in-error' &&
  (record.reasonCode?.coding?.[0]?.code?.startsWith('card-') ?? false)

const hasDied = (records: readonly Resource[]) =>
  records
    .filter((each): each is Patient => each.resourceType === 'Patient')
    .some(({ deceasedBoolean, deceasedDateTime }) => deceasedBoolean || deceasedDateTime)

async function recordsSeen(
  { id = '', scope, now, today }: OperationCall,
  sql: ReadingSql,
): Promise<readonly Resource[]> {
  const params = new Params()
  const person = params.add(id, 'text')
  const kinds = scoredKinds.map((kind) => params.add(kind, 'text')).join(', ')
  const since = params.add(monthsBack(today, 13), 'text')
  // of readings and answers only those that still count: a record of years has thousands
  const { rows } = await sql.query<{ id: string; content: Resource | string }>(
    `select r.id, r.content from resource r where r.person = ${person} and r.content is not null
     and (r.rt in (${kinds}) or r.rt = 'QuestionnaireResponse'
       or (r.rt = 'Task' and r.content ->> 'intent' = 'proposal'))
     and (r.rt not in ('Observation', 'QuestionnaireResponse')
       or coalesce(r.content ->> 'effectiveDateTime', r.content ->> 'authored', '9') >= ${since})
     and r.rt not in ('Encounter', 'Procedure')
     and ${scopeSql(scope, 'r', params, now)} order by r.rt, r.id`,
    params.values,
  )
  return rows.map(({ content, id: own }) => ({ ...storedRecord<Resource>(content), id: own }))
}

const finished = ['completed', 'amended']

function answeredIn(
  response: QuestionnaireResponse,
  records: readonly Resource[],
): readonly AnsweredForm[] {
  const { id = '', questionnaire = '', authored, status } = response
  if (!authored || !finished.includes(status)) return []
  const url = questionnaire.split('|')[0] ?? ''
  const score = scoreOf(id, url, records)
  return [{ id, url, at: authored, answers: fromResponse(response), ...(score ? { score } : {}) }]
}

/** The score on the record: the service has worked it out from these answers. */
function scoreOf(response: string, url: string, records: readonly Resource[]): Score | undefined {
  const rule = scoreRules.find(({ questionnaire }) => questionnaire === url)
  const kept = records.find(
    (each): each is Observation =>
      each.resourceType === 'Observation' && each.id === scoreIdFor(response),
  )
  const value = kept?.valueInteger ?? kept?.valueQuantity?.value
  if (!rule || value === undefined || kept?.status === 'entered-in-error') return undefined
  const band = bandOf(rule, value)
  return band && { state: 'complete', rule, value, band }
}
