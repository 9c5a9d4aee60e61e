import { mostRuleLines } from '#domain/rule/rule-lines.ts'
import { saveRuleRequest } from '#domain/rule/rule-parameters.ts'
import { isRuleRefusal, writeRule } from '#domain/rule/rule-steps.ts'
import { isRuleDraft, type RuleVersion } from '#domain/rule/rule-version.ts'
import { versionWanted } from '#server/http/responses.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { FhirProblem } from '#server/problem.ts'
import type { Sql } from '#server/store/sql.ts'
import { answeredRule } from './rule-answer.ts'
import { insertRuleVersion, staleRule, updateRuleVersion } from './rule-versions-of.ts'
import { handOf, lockedNewest, refusalProblem, rulesWrittenFor } from './step-rule.ts'

type Written = Readonly<{ rule: string; name: string; lines: RuleVersion['lines'] }>

const mostRules = 200

/** Writes a draft: a new rule, a draft that stands (with `If-Match`), or the next version of one that was agreed. */
export const saveRuleOperation: Operation = {
  name: 'save-rule',
  on: 'type',
  type: 'PlanDefinition',
  changes: true,
  purpose:
    'Saves the draft of a rule: rule (id), name, line (kind, but, count, months, among). A draft that is there needs If-Match with its edit; of a rule without a draft it begins the next version. An unfinished line is kept, and cannot be tried',
  async run(call) {
    const organisation = rulesWrittenFor(call)
    const asked = askedParameters(call, saveRuleRequest)
    const written = { ...asked, name: asked.name.trim(), lines: asked.lines.map(plainLine) }
    if (asked.rule === '') throw new FhirProblem(400, 'required', 'Give the rule an id')
    if (written.name === '') throw new FhirProblem(422, 'required', 'Give the rule a name')
    if (written.lines.length > mostRuleLines)
      throw new FhirProblem(422, 'too-long', `A rule has ${mostRuleLines} lines at most`)
    await save(call, organisation, written)
    return await answeredRule(call, organisation, asked.rule)
  },
}

/** A line without a list has none. */
function plainLine({ among, ...line }: RuleVersion['lines'][number]): RuleVersion['lines'][number] {
  return among && among.length > 0 ? { ...line, among } : line
}

async function save(call: OperationCall, organisation: string, written: Written): Promise<void> {
  const edit = versionWanted(call.request.headers.get('if-match'))
  const act = { by: handOf(call.actor), at: call.now.toISOString() }
  await call.context.service.sql.transaction(async (tx) => {
    const newest = await lockedNewest(tx, organisation, written.rule)
    if (newest && isRuleDraft(newest)) return await writeInDraft(tx, newest, { written, edit, act })
    if (edit !== undefined && edit !== newest?.edit) throw staleRule()
    if (!newest) await mustHaveRoom(tx, organisation)
    await insertRuleVersion(tx, {
      ...written,
      // edits go on through all versions, so that one of an earlier version is stale in the next
      ...{ version: (newest?.version ?? 0) + 1, edit: (newest?.edit ?? 0) + 1, organisation },
      ...{ seed: crypto.randomUUID(), writers: [act.by], savedAt: act.at, looked: [] },
    })
  })
}

type Writing = Readonly<{
  written: Written
  edit: number | undefined
  act: Parameters<typeof writeRule>[2]
}>

async function writeInDraft(
  tx: Sql,
  draft: RuleVersion,
  { written, edit, act }: Writing,
): Promise<void> {
  const next = writeRule(draft, written, act)
  if (isRuleRefusal(next)) throw refusalProblem(next)
  // nothing new: sent twice because the first answer was lost
  if (next === draft) return
  if (edit === undefined)
    throw new FhirProblem(428, 'required', 'Send If-Match with the edit of the draft that you read')
  if (edit !== draft.edit) throw staleRule()
  await updateRuleVersion(tx, next, draft.edit)
}

async function mustHaveRoom(tx: Sql, organisation: string): Promise<void> {
  const { rows } = await tx.query<{ rules: number }>(
    'select count(distinct rule)::int as rules from rule_version where organisation = $1',
    [organisation],
  )
  if ((rows[0]?.rules ?? 0) >= mostRules)
    throw new FhirProblem(422, 'too-costly', `There are ${mostRules} rules here. That is the most`)
}
