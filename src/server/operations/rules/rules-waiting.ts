import { mayAgreeToRules } from '#domain/rule/may-write-rules.ts'
import type { RuleVersion } from '#domain/rule/rule-version.ts'
import type { Today } from '#domain/today/today-parameters.ts'
import type { OperationCall } from '#server/operations/operation.ts'
import { storedRecord } from '#server/store/stored-json.ts'
import { isByThem } from './rule-answer.ts'

/** Rules to which the caller is asked to agree: by name, or whoever may. Nothing is run or counted for it. */
export async function rulesWaitingFor(call: OperationCall): Promise<NonNullable<Today['rules']>> {
  const { actor, context } = call
  if (!mayAgreeToRules(actor)) return []
  const { rows } = await context.service.sql.query<{ content: RuleVersion | string }>(
    `select content from rule_version v where organisation = $1 and content ? 'asked'
       and not content ?| array['agreed', 'off']
       and version = (select max(version) from rule_version n where n.rule = v.rule)
     order by content->'asked'->>'at', rule`,
    [actor.organisation ?? ''],
  )
  return rows
    .map(({ content }) => storedRecord<RuleVersion>(content))
    .filter((version) => !isByThem(version, call))
    .flatMap(({ rule, name, asked }) => {
      if (!asked || (asked.of && asked.of.agent !== `Practitioner/${actor.practitioner}`)) return []
      return [{ rule, name, by: asked.by.name, at: asked.at, from: asked.from }]
    })
}
