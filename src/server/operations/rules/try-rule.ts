import { ruleFault, sameLines } from '#domain/rule/rule-lines.ts'
import { ruleRequest } from '#domain/rule/rule-parameters.ts'
import { noteTrial } from '#domain/rule/rule-steps.ts'
import { isRuleDraft, runningVersion } from '#domain/rule/rule-version.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation } from '#server/operations/operation.ts'
import { coordinatorRooms } from '#server/operations/population/places.ts'
import { freshenPatientSummaries } from '#server/store/summary/freshen-patient-summaries.ts'
import { answeredRule } from './rule-answer.ts'
import { keepTrial, mustFindRule, staleRule } from './rule-versions-of.ts'
import { handOf, refusalProblem, rulesWrittenFor, stepRule } from './step-rule.ts'
import { trialFigures } from './trial-figures.ts'

/** Runs the draft over today’s records without changing anything for anybody, and keeps what it found in the draft. */
export const tryRuleOperation: Operation = {
  name: 'try-rule',
  on: 'type',
  type: 'PlanDefinition',
  changes: true,
  purpose:
    'Tries the draft of a rule (rule) on today’s records: how many are left after each line, whom it would add, drop and keep against the running version, who cannot be judged, room, fairness, how often it would have been right a year ago, who just misses it, and ten people by lot. Nothing changes for anybody. The log has it',
  async run(call) {
    const organisation = rulesWrittenFor(call)
    const { rule } = askedParameters(call, ruleRequest)
    const { sql } = call.context.service
    const versions = await mustFindRule(sql, organisation, rule)
    const draft = versions.at(-1)
    if (!draft || !isRuleDraft(draft)) throw refusalProblem('not-a-draft')
    if (ruleFault(draft.lines)) throw refusalProblem('not-ready')
    await freshenPatientSummaries(sql, { now: call.now, zone: call.context.zone })
    const running = runningVersion(versions, call.today)?.lines
    const rules = { lines: draft.lines, running }
    const rooms = await coordinatorRooms(sql, call.actor)
    const figures = await trialFigures({ ...call, organisation, rooms }, rules, draft.seed)
    const act = { by: handOf(call.actor), at: call.now.toISOString() }
    await stepRule(call, { rule, organisation }, (version) => {
      if (!sameLines(version.lines, draft.lines)) throw staleRule()
      return noteTrial(version, figures, act)
    })
    await keepTrial(sql, draft, { figures, act, day: call.today })
    return await answeredRule(call, organisation, rule)
  },
}
