import type { Bundle } from '@medplum/fhirtypes'
import { isStaff } from '#domain/access/actor.ts'
import { gableUrl } from '#domain/fhir/codes.ts'
import { answerRuleToFhir } from '#domain/suggestion/answer-rule/answer-rule-fhir.ts'
import { switchAnswerRuleRequest } from '#domain/suggestion/answer-rule/switch-answer-rule-request.ts'
import { answerRuleDrafts, answerRulesNow } from '#server/assessment/suggesting/answer-rules-now.ts'
import { withinRecord } from '#server/interactions/record-transaction.ts'
import { noteWritten } from '#server/interactions/store-record.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation } from '#server/operations/operation.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'
import { holdRule } from './hold-rule.ts'
import { mustManageRules } from './must-manage-rules.ts'

/** Every rule on answers as it is here: as it was shipped, or as somebody changed it. */
export const answerRulesOperation: Operation = {
  name: 'answer-rules',
  on: 'type',
  type: 'PlanDefinition',
  changes: false,
  purpose:
    'The rules that suggest something from answers, as PlanDefinition: which answers, what and why, its source, its version, whether it is on, and who changed it last; and the drafts that were tried',
  async run({ actor, context }): Promise<Bundle> {
    if (!isStaff(actor) && actor.role !== 'manager' && actor.role !== 'admin')
      throw forbidden('Only staff can see the rules on answers')
    const { sql } = context.service
    const rules = (await answerRulesNow(sql)).map((rule) => answerRuleToFhir(rule))
    const drafts = await answerRuleDrafts(sql)
    return {
      ...{ resourceType: 'Bundle', type: 'collection' },
      entry: [...rules, ...drafts].map((resource) => ({ resource })),
    }
  },
}

const longestReason = 2000

/** A manager or an administrator switches a rule off, or on again. What it suggested before stays. */
export const switchAnswerRuleOperation: Operation = {
  name: 'switch-answer-rule',
  on: 'type',
  type: 'PlanDefinition',
  changes: true,
  purpose:
    'Switches a rule on answers off, or on again: rule, on, reason; it becomes a new version with who did it and why. It holds for everybody here. For managers and administrators',
  async run(call) {
    const { actor, now, context } = call
    mustManageRules(actor)
    const { rule: code, on, reason } = askedParameters(call, switchAnswerRuleRequest)
    return await withinRecord(context, async (inside) => {
      await holdRule(inside, code)
      const rules = await answerRulesNow(inside.service.sql)
      const rule = rules.find((each) => each.code === code)
      if (!rule) throw new FhirProblem(404, 'not-found', 'There is no such rule')
      if (reason.trim() === '') throw new FhirProblem(400, 'required', 'Give a reason')
      if (reason.length > longestReason)
        throw new FhirProblem(422, 'too-long', `A reason has ${longestReason} characters at most`)
      // the same again, because the first answer was lost
      if (rule.isOn === on) return answerRuleToFhir(rule)
      const changed = answerRuleToFhir({
        ...{ ...rule, isOn: on, version: rule.version + 1 },
        ...{ changedBy: actor.name, changedAt: now.toISOString() },
      })
      const why = { url: gableUrl('changed-why'), valueString: reason.trim() }
      const resource = { ...changed, extension: [...(changed.extension ?? []), why] }
      const request = { resource, expect: 'anything' as const }
      const written = await inside.service.store.write(request)
      const done = [{ request, act: 'U' as const, person: undefined, before: undefined, written }]
      await noteWritten(inside, done, '$switch-answer-rule')
      return resource
    })
  },
}
