import { mayAgreeToRules, mayWriteRules } from '#domain/rule/may-write-rules.ts'
import { type ListedRule, ruleRequest, rulesAnswer } from '#domain/rule/rule-parameters.ts'
import { type RuleVersion, ruleStatesOf, runningVersion } from '#domain/rule/rule-version.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { freshenPatientSummaries } from '#server/store/summary/freshen-patient-summaries.ts'
import { answeredRule, isByThem, shownRun } from './rule-answer.ts'
import { lastRunsOf, ruleVersionsOf } from './rule-versions-of.ts'
import { freshenRules } from './run-rules.ts'
import { exactnessFor, rulesReadFor } from './step-rule.ts'

async function freshen({ context, now, today }: OperationCall, organisation: string) {
  const { sql } = context.service
  await freshenPatientSummaries(sql, { now, zone: context.zone })
  await freshenRules(sql, { now, today, organisation })
}

/** The rules of the caller’s organisation, with what runs and what it found last. */
export const rulesOperation: Operation = {
  name: 'rules',
  on: 'type',
  type: 'PlanDefinition',
  changes: false,
  purpose:
    'The rules for finding people of the caller’s organisation: which version runs, what its last run found, which version is being written, and whether it waits for the caller’s answer. Managers get counts rounded to the nearest five',
  async run(call) {
    const organisation = rulesReadFor(call)
    await freshen(call, organisation)
    const { sql } = call.context.service
    const versions = await ruleVersionsOf(sql, organisation)
    const last = await lastRunsOf(sql, organisation)
    const byRule = [...Map.groupBy(versions, ({ rule }) => rule).values()]
    return rulesAnswer.write({
      rules: byRule
        .map((each) => listedRule(call, each, last))
        .toSorted((one, other) => one.name.localeCompare(other.name)),
      mayWrite: mayWriteRules(call.actor),
    })
  },
}

function listedRule(
  call: OperationCall,
  versions: readonly RuleVersion[],
  runs: Awaited<ReturnType<typeof lastRunsOf>>,
): ListedRule {
  const [newest, state] = ruleStatesOf(versions, call.today).at(-1) ?? []
  if (!newest || !state) throw new Error('A rule has a version')
  const running = runningVersion(versions, call.today)
  const last = runs.get(newest.rule)
  return {
    ...{ rule: newest.rule, name: newest.name },
    newest: { version: newest.version, state, writers: newest.writers },
    ...(running?.agreed
      ? { running: { version: running.version, name: running.name, from: running.agreed.from } }
      : {}),
    ...(last ? { last: shownRun(last, exactnessFor(call.actor)) } : {}),
    waitsForYou: state === 'asked' && mayAgreeToRules(call.actor) && !isByThem(newest, call),
  }
}

/** One rule with every version and the log of its runs. */
export const ruleOperation: Operation = {
  name: 'rule',
  on: 'type',
  type: 'PlanDefinition',
  changes: false,
  purpose:
    'One rule (rule) of the caller’s organisation: every version as PlanDefinition with what was tried, looked at, asked and agreed, the log of every run, and who can agree. Managers get counts rounded to the nearest five, and no people',
  async run(call) {
    const organisation = rulesReadFor(call)
    const { rule } = askedParameters(call, ruleRequest)
    await freshen(call, organisation)
    return await answeredRule(call, organisation, rule)
  },
}
