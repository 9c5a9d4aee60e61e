import { ruleOfStep } from '#domain/pathway/care-card.ts'
import { shippedCareCards } from '#domain/pathway/shipped/care-cards.ts'
import { roundedMeasure } from '#domain/population/shown-counts.ts'
import { answerRuleCounts } from '#domain/suggestion/answer-rule/answer-rule-counts.ts'
import { answerRulesNow } from '#server/assessment/suggesting/answer-rules-now.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { optedOutSql } from '#server/opt-out/opted-out.ts'
import { forbidden } from '#server/problem.ts'
import { Params } from '#server/store/params.ts'

type Row = Readonly<{
  rule: string
  team: string
  suggested: number
  taken: number
  dismissed: number
  done: number
  not_wanted: number
  does_not_fit: number
}>

/** What became of each rule’s suggestions: numbers only, and none of them small. */
export const answerRuleCountsOperation: Operation = {
  name: 'answer-rule-counts',
  on: 'type',
  type: 'PlanDefinition',
  changes: false,
  purpose:
    'How often each rule on answers, and each step of a card, suggested something, by team, how often it was taken and dismissed, and for which kind of reason, rounded to the nearest five; small numbers are not shown',
  async run(call) {
    const { role } = call.actor
    if (role !== 'manager' && role !== 'admin') throw forbidden('Your role cannot see measures')
    const rules = new Map([
      ...(await answerRulesNow(call.context.service.sql)).map(
        ({ code, words }) => [code, words] as const,
      ),
      ...shippedCareCards.flatMap(({ code, title, steps }) =>
        steps.map((step) => [ruleOfStep(code, step.code), `${title}: ${step.words}`] as const),
      ),
    ])
    const rows = await countsOf(call)
    return answerRuleCounts.write({
      rows: rows.flatMap(({ rule, team, ...counts }) => {
        const words = rules.get(rule)
        if (words === undefined) return []
        const shown = (count: number) => roundedMeasure(Number(count))
        return [
          {
            ...{ rule, words, team },
            ...{ suggested: shown(counts.suggested), taken: shown(counts.taken) },
            ...{ dismissed: shown(counts.dismissed), done: shown(counts.done) },
            notWanted: shown(counts.not_wanted),
            doesNotFit: shown(counts.does_not_fit),
          },
        ]
      }),
    })
  },
}

/** The team of a person is the organisation that manages their case. A manager counts their own; an administrator all. */
async function countsOf({ actor, context }: OperationCall): Promise<readonly Row[]> {
  const params = new Params()
  const home = params.add(`Organization/${actor.organisation ?? ''}`, 'text')
  const ours = actor.role === 'admin' ? `${home} is not null` : `c.organisation = ${home}`
  const status = (is: string) => `count(*) filter (where t.content ->> 'status' = '${is}')`
  const reason = (kind: string) =>
    `count(*) filter (where t.content #>> '{statusReason,coding,0,code}' = 'dismissed-${kind}')`
  const { rows } = await context.service.sql.query<Row>(
    `select t.content #>> '{reasonCode,coding,0,code}' as rule, coalesce(o.content ->> 'name', '') as team,
       count(*) as suggested, ${status('accepted')} as taken, ${status('rejected')} as dismissed,
       ${reason('done')} as done, ${reason('not-wanted')} as not_wanted,
       ${reason('does-not-fit')} as does_not_fit
     from resource t
     left join lateral (
       select e.content #>> '{managingOrganization,reference}' as organisation from resource e
       where e.rt = 'EpisodeOfCare' and e.person = t.person and e.content is not null
       order by (e.content ->> 'status' = 'active') desc, e.rid desc limit 1) c on true
     left join resource o on o.rt = 'Organization' and 'Organization/' || o.id = c.organisation
     where t.rt = 'Task' and t.content is not null and t.content ->> 'intent' = 'proposal'
       and t.content #>> '{code,coding,0,code}' = 'suggestion' and ${ours}
       and not ${optedOutSql('t.person', 'planning')}
     group by 1, 2 order by 1, 2`,
    params.values,
  )
  return rows
}
