import type { Actor } from '#domain/access/actor.ts'
import type { Exactness } from '#domain/population/shown-counts.ts'
import { mayReadRules, mayWriteRules } from '#domain/rule/may-write-rules.ts'
import { isRuleRefusal, type RuleRefusal, type RuleStep } from '#domain/rule/rule-steps.ts'
import type { RuleHand, RuleVersion } from '#domain/rule/rule-version.ts'
import { versionWanted } from '#server/http/responses.ts'
import type { OperationCall } from '#server/operations/operation.ts'
import { FhirProblem, forbidden, notFound } from '#server/problem.ts'
import { retryConflict } from '#server/store/concurrency/retry-conflict.ts'
import type { Sql } from '#server/store/sql.ts'
import { storedRecord } from '#server/store/stored-json.ts'
import type { RuleRecords } from './rule-people-sql.ts'
import { updateRuleVersion } from './rule-versions-of.ts'

/** The organisation whose rules a caller reads. Throws 403. */
export function rulesReadFor({ actor }: Pick<OperationCall, 'actor'>): string {
  if (!mayReadRules(actor) || !actor.organisation)
    throw forbidden('Only staff and managers of an organisation can see its rules')
  return actor.organisation
}

/** The organisation for which a caller writes rules, or looks at people they find. Throws 403. */
export function rulesWrittenFor({ actor }: Pick<OperationCall, 'actor'>): string {
  if (!mayWriteRules(actor) || !actor.organisation)
    throw forbidden('Only people who care for others can write rules for their organisation')
  return actor.organisation
}

export const handOf = ({ practitioner, name, identity }: Actor): RuleHand => ({
  ...{ agent: practitioner ? `Practitioner/${practitioner}` : `identity/${identity}`, name },
})

/** A manager gets counts in fives, as of the population. */
export const exactnessFor = ({ role }: Actor): Exactness =>
  role === 'manager' ? 'rounded' : 'exact'

/** What the organisation reaches, as far as this caller does too: their own database role answers. */
export const recordsFor = (call: OperationCall, organisation: string): RuleRecords => ({
  ...{ sql: call.sql, organisation, now: call.now, today: call.today },
})

const refusals: Readonly<Record<RuleRefusal, string>> = {
  'not-a-draft': 'This version is not a draft. Write a new version',
  'not-ready': 'A line of the rule is not finished. Finish it, then try the rule',
  'not-tried': 'This sentence has not been tried yet. Try it on today’s records first',
  'not-looked-at': 'Not everybody drawn by lot has been looked at yet',
  'not-in-sample': 'This person is not among those drawn by lot',
  'words-missing': 'Say why, in a few words',
  'not-asked': 'Nobody has asked for an answer to this version',
  'own-rule': 'Whoever wrote a rule cannot agree to it. A second person has to',
  'day-past': 'The day is past. Choose today or a later day',
  'not-running': 'This rule is not switched on',
}

/**
 * One step with the newest version of a rule, under a lock, so that of two steps at a time the second sees the first.
 * Throws 404 for a rule of another organisation, 422 for what cannot be done now, 403 for agreeing to an own rule.
 */
export async function stepRule(
  { context }: Pick<OperationCall, 'context'>,
  { rule, organisation }: OneRule,
  step: (version: RuleVersion) => RuleStep,
): Promise<RuleVersion> {
  return await retryConflict(() =>
    context.service.sql.transaction(async (tx) => {
      const version = await lockedNewest(tx, organisation, rule)
      if (!version) throw notFound()
      const next = step(version)
      if (isRuleRefusal(next)) throw refusalProblem(next)
      if (next !== version) await updateRuleVersion(tx, next, version.edit)
      return next
    }),
  )
}

type OneRule = Readonly<{ rule: string; organisation: string }>

/**
 * A step of somebody who has read the rule: `If-Match` says in which edit. Throws 428 without it, and 412 if the rule
 * was changed since, so that nobody answers for a sentence that they have not seen.
 */
export async function stepReadRule(
  call: Pick<OperationCall, 'context' | 'request'>,
  one: OneRule,
  step: (version: RuleVersion) => RuleStep,
): Promise<RuleVersion> {
  const edit = versionWanted(call.request.headers.get('if-match'))
  if (edit === undefined)
    throw new FhirProblem(428, 'required', 'Send If-Match with the edit of the rule that you read')
  return await stepRule(call, one, (version) => {
    if (version.edit !== edit) throw new FhirProblem(412, 'conflict', changedSinceRead)
    return step(version)
  })
}

const changedSinceRead =
  'Somebody has changed this rule since you read it. Nothing was saved. Read it as it is now, then answer again'

export const refusalProblem = (refusal: RuleRefusal): FhirProblem =>
  refusal === 'own-rule'
    ? forbidden(refusals[refusal])
    : new FhirProblem(422, 'business-rule', refusals[refusal])

export async function lockedNewest(
  tx: Pick<Sql, 'query'>,
  organisation: string,
  rule: string,
): Promise<RuleVersion | undefined> {
  const { rows } = await tx.query<{ content: RuleVersion | string }>(
    `select content from rule_version where organisation = $1 and rule = $2 order by version desc limit 1 for update`,
    [organisation, rule],
  )
  const [newest] = rows
  return newest && storedRecord<RuleVersion>(newest.content)
}
