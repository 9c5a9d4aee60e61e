import type { RuleFigures } from '#domain/rule/rule-figures.ts'
import { ruleFault, sameLines } from '#domain/rule/rule-lines.ts'
import { ruleRequest } from '#domain/rule/rule-parameters.ts'
import { noteTrial } from '#domain/rule/rule-steps.ts'
import { isRuleDraft, runningVersion } from '#domain/rule/rule-version.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { orderedSql } from '#server/operations/population/line.ts'
import { coordinatorRooms, placesIn } from '#server/operations/population/places.ts'
import { Params } from '#server/store/params.ts'
import { freshenPatientSummaries } from '#server/store/summary/patient-summary.ts'
import { answeredRule } from './rule-answer.ts'
import { type ComparedRules, groupSql, judgedSql } from './rule-people-sql.ts'
import { keepRuleRun, mustFindRule, staleRule } from './rule-versions-of.ts'
import { handOf, recordsFor, refusalProblem, rulesWrittenFor, stepRule } from './step-rule.ts'
import { drawnByLot, trialCounts, yearAgoCounts } from './trial.ts'

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
    const figures = await figuresOf(call, organisation, rules, draft.seed)
    const act = { by: handOf(call.actor), at: call.now.toISOString() }
    await stepRule(call, { rule, organisation }, (version) => {
      if (!sameLines(version.lines, draft.lines)) throw staleRule()
      return noteTrial(version, figures, act)
    })
    await keepRuleRun(sql, organisation, {
      ...{ id: crypto.randomUUID(), rule, version: draft.version },
      ...{ kind: 'tried', ...act, day: call.today, reason: 'trial', words: '' },
      ...{ found: figures.found, added: figures.added, dropped: figures.dropped },
      notJudged: figures.notJudged,
    })
    return await answeredRule(call, organisation, rule)
  },
}

async function figuresOf(
  call: OperationCall,
  organisation: string,
  rules: ComparedRules,
  seed: string,
): Promise<RuleFigures> {
  const records = recordsFor(call, organisation)
  const began = performance.now()
  const counts = await trialCounts(rules, records)
  const sample = await drawnByLot(rules, records, seed)
  const yearAgo = await yearAgoCounts(rules, records)
  const room = await roomFor(call, organisation, rules, counts.total)
  return {
    ...{ ...counts, ...room, sample },
    ...(yearAgo ? { yearAgo } : {}),
    milliseconds: Math.round(performance.now() - began),
  }
}

/** Free places, and how many of those added would stand above the line of free places; nothing if nobody entered places. */
async function roomFor(
  call: OperationCall,
  organisation: string,
  rules: ComparedRules,
  total: number,
): Promise<Readonly<{ free?: number; above?: number }>> {
  const coordinators = await coordinatorRooms(call.context.service.sql, call.actor)
  const free = placesIn(coordinators, 'exact')?.free
  if (free === undefined) return {}
  const params = new Params()
  const counted = { scope: call.scope, sql: call.sql, exactness: 'exact' as const }
  const { now, today } = call
  const ordered = orderedSql(counted, params, { now, today, total, places: free })
  const judged = judgedSql(rules, recordsFor(call, organisation), params)
  const { rows } = await call.sql.query<{ above: number }>(
    `with judged as materialized (${judged})
     select count(*)::int as above from (${ordered}) o join judged j on j.person = o.person
     where o.place <= ${params.add(free, 'integer')} and ${groupSql('added', rules.lines)}`,
    params.values,
  )
  return { free, above: rows[0]?.above ?? 0 }
}
