import type { Observation, QuestionnaireResponse } from '@medplum/fhirtypes'
import { scoreRules } from '#domain/assessment/instruments/library.ts'
import { fromResponse } from '#domain/assessment/response.ts'
import { bandOf, type Score } from '#domain/assessment/score.ts'
import { addDays } from '#domain/calendar/days.ts'
import type { AnswerFacts } from '#domain/suggestion/answer-rule/answer-condition.ts'
import type { OperationCall } from '#server/operations/operation.ts'
import { optedOutSql } from '#server/opt-out/opted-out.ts'
import { scopeSql } from '#server/store/access/scope-sql.ts'
import { Params } from '#server/store/params.ts'
import { storedRecord } from '#server/store/stored-json.ts'

/** More answers to one form than an organisation gets in a year; beyond it the newest count. */
export const mostPastAnswers = 2_000

export type PastAnswer = AnswerFacts &
  Readonly<{
    person: string
    at: string
    /** what became of what the rule suggested from these answers, if it did */
    became?: 'taken' | 'dismissed'
  }>

type Row = Readonly<{
  person: string
  content: QuestionnaireResponse | string
  score: Observation | string | null
  status: string | null
}>

/**
 * Finished answers to a form in the last year. A manager counts those of their own organisation, an administrator all: for counts alone. With
 * `reach`, those that the caller may read, for the professionals who treat these people.
 */
export async function pastAnswers(
  call: OperationCall,
  { url, rule, reach = false }: Readonly<{ url: string; rule: string; reach?: boolean }>,
): Promise<readonly PastAnswer[]> {
  const { actor, context, today, now, scope } = call
  const params = new Params()
  const home = params.add(`Organization/${actor.organisation ?? ''}`, 'text')
  const asked = params.add(url, 'text')
  const since = params.add(addDays(today, -365), 'text')
  const code = params.add(rule, 'text')
  const most = params.add(mostPastAnswers, 'int')
  const ours = actor.role === 'admin' ? `${home} is not null` : `c.organisation = ${home}`
  const among = reach ? `${home} is not null and ${scopeSql(scope, 'r', params, now)}` : ours
  const { rows } = await context.service.sql.query<Row>(
    `select r.person, r.content, s.content as score, t.status
     from resource r
     left join lateral (
       select e.content #>> '{managingOrganization,reference}' as organisation from resource e
       where e.rt = 'EpisodeOfCare' and e.person = r.person and e.content is not null
       order by (e.content ->> 'status' = 'active') desc, e.rid desc limit 1) c on true
     left join resource s on s.rt = 'Observation' and s.id = 'score-' || r.id and s.person = r.person
     left join lateral (
       select x.content ->> 'status' as status from resource x
       where x.rt = 'Task' and x.person = r.person and x.content ->> 'intent' = 'proposal'
         and x.content #>> '{reasonCode,coding,0,code}' = ${code}
         and x.content #>> '{reasonReference,reference}' = 'QuestionnaireResponse/' || r.id
       order by x.rid desc limit 1) t on true
     where r.rt = 'QuestionnaireResponse' and r.content is not null
       and split_part(r.content ->> 'questionnaire', '|', 1) = ${asked}
       and r.content ->> 'status' in ('completed', 'amended')
       and r.content ->> 'authored' >= ${since} and ${among}
       and not ${optedOutSql('r.person', 'planning')}
     order by r.content ->> 'authored' desc limit ${most}`,
    params.values,
  )
  return rows.map((row) => answerIn(row, url))
}

function answerIn({ person, content, score, status }: Row, url: string): PastAnswer {
  const response = storedRecord<QuestionnaireResponse>(content)
  const kept = score === null ? undefined : scoreIn(storedRecord<Observation>(score), url)
  return {
    ...{ person, at: response.authored ?? '', answers: fromResponse(response) },
    ...(kept ? { score: kept } : {}),
    ...(status === 'accepted' || status === 'completed' ? { became: 'taken' } : {}),
    ...(status === 'rejected' ? { became: 'dismissed' } : {}),
  }
}

function scoreIn(observation: Observation, url: string): Score | undefined {
  const rule = scoreRules.find(({ questionnaire }) => questionnaire === url)
  const value = observation.valueInteger ?? observation.valueQuantity?.value
  if (!rule || value === undefined || observation.status === 'entered-in-error') return undefined
  const band = bandOf(rule, value)
  return band && { state: 'complete', rule, value, band }
}
