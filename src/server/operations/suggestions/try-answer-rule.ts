import type { PlanDefinition } from '@medplum/fhirtypes'
import { isStaff } from '#domain/access/actor.ts'
import { formFromFhir } from '#domain/assessment/fhir.ts'
import { scoreRules } from '#domain/assessment/instruments/library.ts'
import { gableUrl } from '#domain/fhir/codes.ts'
import { roundedMeasure } from '#domain/population/shown-counts.ts'
import { conditionFrom } from '#domain/suggestion/answer-rule/answer-condition.ts'
import {
  type AnswerRule,
  faultsInRule,
  proposalsByRules,
} from '#domain/suggestion/answer-rule/answer-rule.ts'
import {
  answerRuleDraftId,
  answerRuleFromFhir,
  answerRuleToFhir,
} from '#domain/suggestion/answer-rule/answer-rule-fhir.ts'
import { faultsInConditions } from '#domain/suggestion/answer-rule/faults-in-conditions.ts'
import {
  answerRulePeople,
  answerRulePeopleRequest,
  startAnswerRuleRequest,
  tryAnswerRuleAnswer,
  tryAnswerRuleRequest,
} from '#domain/suggestion/answer-rule/try-answer-rule-request.ts'
import { questionnaireOf } from '#server/assessment/questionnaire-of.ts'
import { answerRulesNow } from '#server/assessment/suggesting/answer-rules-now.ts'
import { note, type RequestContext } from '#server/http/request-context.ts'
import { withinRecord } from '#server/interactions/record-transaction.ts'
import { noteWritten } from '#server/interactions/store-record.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import { Params } from '#server/store/params.ts'
import { holdRule } from './hold-rule.ts'
import { mustManageRules } from './must-manage-rules.ts'
import { mostPastAnswers, type PastAnswer, pastAnswers } from './past-answers.ts'

const onRule = { on: 'type', type: 'PlanDefinition' } as const

async function ruleNow(context: RequestContext, code: string): Promise<AnswerRule> {
  const rules = await answerRulesNow(context.service.sql)
  const rule = rules.find((each) => each.code === code)
  if (!rule) throw new FhirProblem(404, 'not-found', 'There is no such rule')
  return rule
}

/** Tries another version of a rule on the answers of the last year, and keeps it as a draft. It suggests nothing yet. */
export const tryAnswerRuleOperation: Operation = {
  ...onRule,
  name: 'try-answer-rule',
  changes: true,
  purpose:
    'Tries a rule on answers with other conditions (when, one a line), words, because or days on the answers of the last year, and keeps it as a draft: how many it would suggest something for, and what became of the suggestions of the rule as it is, rounded, no small numbers. For managers and administrators',
  async run(call) {
    const { context, actor, now } = call
    mustManageRules(actor)
    const wish = askedParameters(call, tryAnswerRuleRequest)
    const { before, next, draft } = await withinRecord(context, async (inside) => {
      await holdRule(inside, wish.rule)
      const rule = await ruleNow(inside, wish.rule)
      const wished: AnswerRule = {
        ...rule,
        when: wish.when.flatMap((line) => conditionFrom(line) ?? []),
        ...{ words: wish.words.trim(), because: wish.because.trim(), version: rule.version + 1 },
        ...(wish.days === undefined ? {} : { days: wish.days }),
        // somebody here chose it: nobody has checked it against the source
        ...{ isUnverified: true, isOn: true, changedBy: actor.name, changedAt: now.toISOString() },
      }
      await mustBeRule(inside, wished, wish.when)
      return { before: rule, next: wished, draft: await keepDraft(inside, wished) }
    })
    const answers = await pastAnswers(call, { url: before.asked, rule: before.code })
    const { code: rule, version } = next
    return tryAnswerRuleAnswer.write({
      ...{ rule, version, draft, at: now.toISOString(), most: mostPastAnswers },
      ...figuresOf(answers, { before, next }),
    })
  },
}

async function mustBeRule(
  context: RequestContext,
  rule: AnswerRule,
  lines: readonly string[],
): Promise<void> {
  const questionnaire = await questionnaireOf({ ...context, isImport: false }, rule.asked)
  if (!questionnaire)
    throw new FhirProblem(422, 'business-rule', 'The questionnaire of this rule is not here')
  const score = scoreRules.find((each) => each.questionnaire === rule.asked)
  const faults = [
    ...faultsInConditions(lines, { form: formFromFhir(questionnaire), score }),
    ...faultsInRule(rule),
  ]
  if (faults.length > 0) throw new FhirProblem(422, 'business-rule', faults.join('. '))
}

/** Which version of the draft it is: who starts it names it, so that what somebody else tried since is not started instead. */
async function keepDraft(context: RequestContext, rule: AnswerRule): Promise<number> {
  const at = rule.changedAt ?? ''
  const resource = answerRuleToFhir(rule, { at, by: rule.changedBy ?? '' })
  return await keep(context, resource, '$try-answer-rule')
}

async function keep(
  context: RequestContext,
  resource: PlanDefinition & { id: string },
  way: string,
): Promise<number> {
  return await withinRecord(context, async (inside) => {
    const request = { resource, expect: 'anything' as const }
    const written = await inside.service.store.write(request)
    const done = [{ request, act: 'U' as const, person: undefined, before: undefined, written }]
    await noteWritten(inside, done, way)
    return written.kept.version
  })
}

type Two = Readonly<{ before: AnswerRule; next: AnswerRule }>

/** Whether a rule suggests something for these answers; one that is switched off is tried as if it were on. */
const suggests = (rule: AnswerRule, facts: PastAnswer) =>
  proposalsByRules([{ ...rule, isOn: true }], rule.asked, facts).length > 0

function figuresOf(answers: readonly PastAnswer[], { before, next }: Two) {
  const judged = answers.map((each) => ({
    ...{ was: suggests(before, each), is: suggests(next, each), became: each.became },
  }))
  const count = (which: (each: (typeof judged)[number]) => boolean) =>
    roundedMeasure(judged.filter(which).length)
  const isLost = (each: (typeof judged)[number]) => each.was && !each.is
  return {
    answers: roundedMeasure(answers.length),
    ...{ before: count(({ was }) => was), now: count(({ is }) => is) },
    ...{ gained: count(({ was, is }) => is && !was), lost: count(isLost) },
    keptTaken: count(({ is, became }) => is && became === 'taken'),
    keptDismissed: count(({ is, became }) => is && became === 'dismissed'),
    lostTaken: count((each) => isLost(each) && each.became === 'taken'),
    lostDismissed: count((each) => isLost(each) && each.became === 'dismissed'),
  }
}

const longestReason = 2000

/** Uses the version that was tried, with a reason. The version before stays readable in the history of the rule. */
export const startAnswerRuleOperation: Operation = {
  ...onRule,
  name: 'start-answer-rule',
  changes: true,
  purpose:
    'Uses the draft of a rule on answers that was tried, instead of the version before, which stays in its history: rule, version (of the draft), draft (as the trial answered), reason. Refused with 409 if somebody has tried or changed the rule since. It holds for everybody here. For managers and administrators',
  async run(call) {
    mustManageRules(call.actor)
    const asked = askedParameters(call, startAnswerRuleRequest)
    return await withinRecord(call.context, async (inside) => {
      await holdRule(inside, asked.rule)
      const before = await ruleNow(inside, asked.rule)
      mustSayWhatAndWhy(asked)
      const stored = await storedDraft(inside, asked.rule)
      // the same again, because the first answer was lost
      if (wasStarted(stored, before, asked)) return answerRuleToFhir(before)
      const { draft, next } = draftToStart(stored, before, asked)
      // the version that was shipped was never stored: it is, before it is replaced
      if (before.version === 1 && before.changedBy === undefined)
        await keep(inside, answerRuleToFhir(before), '$start-answer-rule')
      const resource = inUse(next, asked.reason.trim(), call)
      await keep(inside, resource, '$start-answer-rule')
      await keep(inside, { ...draft, status: 'retired' }, '$start-answer-rule')
      return resource
    })
  },
}

type Asked = Readonly<{ version: number; draft: number }>

function mustSayWhatAndWhy({ reason, draft }: Asked & Readonly<{ reason: string }>): void {
  if (reason.trim() === '') throw new FhirProblem(400, 'required', 'Give a reason')
  if (reason.length > longestReason)
    throw new FhirProblem(422, 'too-long', `A reason has ${longestReason} characters at most`)
  if (draft === 0) throw new FhirProblem(400, 'required', 'Say which draft was tried')
}

/** Throws 404 and 409: only what its manager tried is used, on the rule that it was tried against. */
function draftToStart(stored: StoredDraft | undefined, before: AnswerRule, asked: Asked) {
  const draft = stored && standingDraft(stored)
  const next = draft && answerRuleFromFhir(draft)
  if (!draft || !next) throw new FhirProblem(404, 'not-found', 'There is no draft that was tried')
  if (stored.version !== asked.draft)
    throw new FhirProblem(409, 'conflict', triedSince(next.changedBy))
  if (next.version !== asked.version || next.version !== before.version + 1)
    throw new FhirProblem(409, 'conflict', 'The rule was changed since. Try it again first.')
  return { draft, next }
}

function inUse(next: AnswerRule, reason: string, { actor, now }: OperationCall) {
  const used = answerRuleToFhir({
    ...{ ...next, isOn: true, changedBy: actor.name, changedAt: now.toISOString() },
  })
  const why = { url: gableUrl('changed-why'), valueString: reason }
  return { ...used, extension: [...(used.extension ?? []), why] }
}

const triedSince = (by = 'Somebody') =>
  `${by} has tried another version of this rule since. Try yours again before you use it.`

/** Starting a draft writes it once more, as retired. */
const wasStarted = (stored: StoredDraft | undefined, before: AnswerRule, asked: Asked) =>
  stored?.definition.status === 'retired' &&
  stored.version === asked.draft + 1 &&
  before.version === asked.version

type StoredDraft = Readonly<{ version: number; definition: PlanDefinition & { id: string } }>

async function storedDraft(
  { service }: RequestContext,
  code: string,
): Promise<StoredDraft | undefined> {
  const id = answerRuleDraftId(code)
  const stored = await service.store.read('PlanDefinition', id, everyone)
  const definition = stored?.resource
  return stored && definition?.resourceType === 'PlanDefinition'
    ? { version: stored.version, definition: { ...definition, id } }
    : undefined
}

const standingDraft = ({ definition }: StoredDraft) =>
  definition.status === 'draft' ? definition : undefined

const mostNamed = 50

/** Whom a draft would suggest something new for, among the people whom the caller treats. */
export const answerRulePeopleOperation: Operation = {
  ...onRule,
  name: 'answer-rule-people',
  changes: false,
  purpose:
    'People for whom the draft of a rule on answers would suggest something that the rule as it is does not: rule. Only those whose answers the caller may read; for professionals, not for managers',
  async run(call) {
    const { actor, context } = call
    if (!isStaff(actor) || !actor.practitioner)
      throw forbidden('Only professionals who treat these people can see who they are')
    const { rule: code } = askedParameters(call, answerRulePeopleRequest)
    const before = await ruleNow(context, code)
    const stored = await storedDraft(context, code)
    const draft = stored && standingDraft(stored)
    const next = draft && answerRuleFromFhir(draft)
    if (!next) throw new FhirProblem(404, 'not-found', 'There is no draft that was tried')
    const answers = await pastAnswers(call, { url: next.asked, rule: code, reach: true })
    const gained = answers.filter((each) => suggests(next, each) && !suggests(before, each))
    const newest = new Map(gained.toReversed().map(({ person, at }) => [person, at]))
    const named = [...newest].slice(0, mostNamed)
    const names = await namesOf(
      context,
      named.map(([id]) => id),
    )
    // everybody who is named has been looked at
    const what = new Map(named.map(([id]) => [id, [`Patient/${id}`]]))
    await note(context, what, { act: 'R', way: '$answer-rule-people' })
    return answerRulePeople.write({
      people: named.map(([id, at]) => ({ id, at, name: names.get(id) ?? '' })),
    })
  },
}

async function namesOf({ service }: RequestContext, people: readonly string[]) {
  if (people.length === 0) return new Map<string, string>()
  const params = new Params()
  const { rows } = await service.sql.query<{ id: string; family: string; given: string }>(
    `select id, coalesce(content #>> '{name,0,family}', '') as family,
       coalesce(content #>> '{name,0,given,0}', '') as given
     from resource where rt = 'Patient' and content is not null
       and id = any(${params.add([...people], 'text[]')})`,
    params.values,
  )
  return new Map(rows.map(({ id, family, given }) => [id, `${family}, ${given}`]))
}
