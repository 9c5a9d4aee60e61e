import type { PlanDefinition } from '@medplum/fhirtypes'
import type { AnswerRule } from '#domain/suggestion/answer-rule/answer-rule.ts'
import { answerRuleFromFhir } from '#domain/suggestion/answer-rule/answer-rule-fhir.ts'
import { shippedAnswerRules } from '#domain/suggestion/answer-rule/shipped/shipped-answer-rules.ts'
import type { Sql } from '#server/store/sql.ts'
import { storedRecord } from '#server/store/stored-json.ts'

/** The rules as they are here: one that somebody changed stands in the place of the shipped one. */
export async function answerRulesNow(sql: Pick<Sql, 'query'>): Promise<readonly AnswerRule[]> {
  const { rows } = await sql.query<{ content: PlanDefinition | string }>(
    `select content from resource where rt = 'PlanDefinition' and content is not null
       and id like 'answer-rule-%' order by id`,
  )
  const here = rows.flatMap(
    ({ content }) => answerRuleFromFhir(storedRecord<PlanDefinition>(content)) ?? [],
  )
  const changed = new Map(here.map((rule) => [rule.code, rule]))
  const shipped = shippedAnswerRules.map((rule) => changed.get(rule.code) ?? rule)
  const own = here.filter(({ code }) => !shippedAnswerRules.some((each) => each.code === code))
  return [...shipped, ...own]
}

/** Versions that somebody tried and nobody uses: they suggest nothing. */
export async function answerRuleDrafts(
  sql: Pick<Sql, 'query'>,
): Promise<readonly PlanDefinition[]> {
  const { rows } = await sql.query<{ content: PlanDefinition | string; id: string }>(
    `select id, content from resource where rt = 'PlanDefinition' and content is not null
       and id like 'answer-draft-%' and content ->> 'status' = 'draft' order by id`,
  )
  return rows.map(({ content, id }) => ({ ...storedRecord<PlanDefinition>(content), id }))
}
