import { mayAgreeToRules } from '#domain/rule/may-write-rules.ts'
import {
  answerRuleRequest,
  askRuleRequest,
  judgeRequest,
  ruleReasonRequest,
} from '#domain/rule/rule-parameters.ts'
import {
  agreeToRule,
  askToAgree,
  judgePerson,
  refuseRule,
  switchOffRule,
} from '#domain/rule/rule-steps.ts'
import { ruleStatesOf, runningVersion } from '#domain/rule/rule-version.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'
import { foldListCounts } from '#server/store/summary/fold-list-counts.ts'
import { freshenPatientSummaries } from '#server/store/summary/freshen-patient-summaries.ts'
import { reachedAmong } from './reached-among.ts'
import { answeredRule } from './rule-answer.ts'
import { keepRuleRun, mustFindRule, updateRuleVersion } from './rule-versions-of.ts'
import { forgetFound, freshenRules, runRule } from './run-rules.ts'
import { handOf, refusalProblem, rulesWrittenFor, stepReadRule } from './step-rule.ts'

const actOf = ({ actor, now }: OperationCall) => ({ by: handOf(actor), at: now.toISOString() })
const onRule = { on: 'type', type: 'PlanDefinition', changes: true } as const

/** One of the people drawn by lot: the right person, or not, in words. */
export const judgeRulePersonOperation: Operation = {
  ...onRule,
  name: 'judge-rule-person',
  purpose:
    'Says of one of the people drawn by lot whether the rule is right about them: rule, person, right, words (for a no). Kept with the version. If-Match names the edit that was read',
  async run(call) {
    const organisation = rulesWrittenFor(call)
    const { rule, ...said } = askedParameters(call, judgeRequest)
    // nothing is said about somebody whom the caller may not see, or who said no after the lot
    const isReached = (await reachedAmong(call, [said.person])).has(said.person)
    await stepReadRule(call, { rule, organisation }, (version) =>
      isReached ? judgePerson(version, said, actOf(call)) : 'not-in-sample',
    )
    return await answeredRule(call, organisation, rule)
  },
}

/** Asks a second person to agree. */
export const askRuleOperation: Operation = {
  ...onRule,
  name: 'ask-rule',
  purpose:
    'Asks a second person to agree to a rule that was tried and looked at: rule, of (id of a Practitioner; absent: anybody who may agree), from (the day on which it is to run). If-Match names the edit that was read',
  async run(call) {
    const organisation = rulesWrittenFor(call)
    const { rule, of, from } = askedParameters(call, askRuleRequest)
    if (!/^\d{4}-\d{2}-\d{2}$/.test(from))
      throw new FhirProblem(400, 'required', 'Say from which day it is to run (from)')
    const asked = of ? await colleague(call, of) : undefined
    await stepReadRule(call, { rule, organisation }, (version) =>
      askToAgree(
        version,
        { ...(asked ? { of: asked } : {}), from, today: call.today },
        actOf(call),
      ),
    )
    return await answeredRule(call, organisation, rule)
  },
}

async function colleague({ context }: OperationCall, id: string) {
  const { rows } = await context.service.sql.query<{ name: string }>(
    `select coalesce(content->'name'->0->>'text', '') as name from resource
     where rt = 'Practitioner' and id = $1 and content is not null`,
    [id],
  )
  const [found] = rows
  if (!found) throw new FhirProblem(422, 'not-found', 'There is no such colleague here')
  return { agent: `Practitioner/${id}`, name: found.name }
}

/** The second person’s yes or no. Whoever wrote in the version, or asked, cannot give it. */
export const answerRuleOperation: Operation = {
  ...onRule,
  name: 'answer-rule',
  purpose:
    'Agrees to a rule, which then runs from the day that was asked for, or says no with a reason (words), which makes it a draft again: rule, agree, words. Only a second person who may agree: never whoever wrote it or asked. If-Match names the edit that was read',
  async run(call) {
    const organisation = rulesWrittenFor(call)
    if (!mayAgreeToRules(call.actor))
      throw forbidden('Only a GP or a nurse case manager can agree to a rule')
    const { rule, agree, words } = askedParameters(call, answerRuleRequest)
    await stepReadRule(call, { rule, organisation }, (version) =>
      agree
        ? agreeToRule(version, call.today, actOf(call))
        : refuseRule(version, words, actOf(call)),
    )
    await freshen(call, organisation)
    return await answeredRule(call, organisation, rule)
  },
}

async function freshen({ context, now, today }: OperationCall, organisation: string) {
  const { sql } = context.service
  await freshenPatientSummaries(sql, { now, zone: context.zone })
  await freshenRules(sql, { now, today, organisation })
}

/** Switches off what runs, or what was agreed and waits for its day. */
export const endRuleOperation: Operation = {
  ...onRule,
  name: 'end-rule',
  purpose:
    'Switches a rule off with a reason: rule, words. It finds nobody any more; its versions, its log and what was decided under them stay',
  async run(call) {
    const organisation = rulesWrittenFor(call)
    const { rule, words } = askedParameters(call, ruleReasonRequest)
    const { sql } = call.context.service
    await mustFindRule(sql, organisation, rule)
    await sql.transaction(async (tx) => {
      const versions = await mustFindRule(tx, organisation, rule)
      // an agreed one that waits for its day must not start after this; one that was replaced stays as it ended
      const stopped = ruleStatesOf(versions, call.today).flatMap(([version, state]) =>
        state === 'running' || state === 'agreed' ? [version] : [],
      )
      if (stopped.length === 0) throw refusalProblem('not-running')
      for (const version of stopped) {
        const off = switchOffRule(version, words, actOf(call))
        if (typeof off === 'string') throw refusalProblem(off)
        await updateRuleVersion(tx, off, version.edit)
      }
      const dropped = await forgetFound(tx, rule)
      const [last] = stopped
      await keepRuleRun(tx, organisation, {
        ...{ id: crypto.randomUUID(), rule, version: last?.version ?? 0, kind: 'off' },
        ...{ ...actOf(call), day: call.today, reason: 'off', words: words.trim() },
        ...{ found: 0, added: 0, dropped, notJudged: 0 },
      })
    })
    await foldListCounts(sql)
    return await answeredRule(call, organisation, rule)
  },
}

/** Runs the running version again, for those who cannot wait for tomorrow. */
export const runRuleOperation: Operation = {
  ...onRule,
  name: 'run-rule',
  purpose:
    'Runs the version of a rule that is switched on over today’s records again: rule, words (why). Each rule runs by itself once a day. The log has it',
  async run(call) {
    const organisation = rulesWrittenFor(call)
    const { rule, words } = askedParameters(call, ruleReasonRequest)
    const { context, now, today } = call
    const { sql } = context.service
    const running = runningVersion(await mustFindRule(sql, organisation, rule), today)
    if (!running) throw refusalProblem('not-running')
    if (words.trim() === '') throw refusalProblem('words-missing')
    await freshenPatientSummaries(sql, { now, zone: context.zone })
    const why = { reason: 'asked', words: words.trim(), by: handOf(call.actor) } as const
    await runRule(sql, running, { now, today, organisation }, why)
    return await answeredRule(call, organisation, rule)
  },
}
