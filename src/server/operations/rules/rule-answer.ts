import type { Parameters } from '@medplum/fhirtypes'
import { gableUrl } from '#domain/fhir/codes.ts'
import { type Exactness, shownCount, shownPlaces } from '#domain/population/shown-counts.ts'
import { agreeingRoles, mayAgreeToRules, mayWriteRules } from '#domain/rule/may-write-rules.ts'
import { ruleToFhir } from '#domain/rule/rule-fhir.ts'
import {
  ruleParameters,
  type ShownRuleRun,
  type ShownRuleVersion,
} from '#domain/rule/rule-parameters.ts'
import type { RuleRun } from '#domain/rule/rule-run.ts'
import {
  isRuleDraft,
  type RuleHand,
  type RuleState,
  type RuleVersion,
  ruleStatesOf,
} from '#domain/rule/rule-version.ts'
import { shownChange, shownFigures } from '#domain/rule/shown-figures.ts'
import { note } from '#server/http/request-context.ts'
import type { OperationCall } from '#server/operations/operation.ts'
import { optedOutSql } from '#server/opt-out/opted-out.ts'
import { reachedAmong } from './reached-among.ts'
import { mustFindRule, ruleRunsOf } from './rule-versions-of.ts'
import { exactnessFor } from './step-rule.ts'

/** One rule whole, as this reader may see it. Verdicts name people: each who is named has been looked at. */
export async function answeredRule(
  call: OperationCall,
  organisation: string,
  rule: string,
): Promise<Parameters> {
  const { actor, today, context } = call
  const { sql } = context.service
  const exactness = exactnessFor(actor)
  const versions = await mustFindRule(sql, organisation, rule)
  const runs = await ruleRunsOf(sql, organisation, rule)
  const named = await namedIn(call, versions)
  const decided = await decisionsUnder(call, rule)
  const newest = versions.at(-1)
  const show = shownCount(exactness)
  const canAgree = newest?.asked !== undefined && mayAgreeToRules(actor) && !isByThem(newest, call)
  return ruleParameters.write({
    rule,
    versions: ruleStatesOf(versions, today)
      .toReversed()
      .map(([version, state]) => shownVersion(version, state, { exactness, named })),
    runs: runs.map((run) => shownRun(run, exactness)),
    colleagues: newest && isRuleDraft(newest) ? await whoMayAgree(call, organisation, newest) : [],
    decided: decided.map(({ version, people }) => ({ version, people: show(people) })),
    mayWrite: mayWriteRules(actor),
    mayAgree: canAgree,
  })
}

/** Of whom this reader may see verdicts now. A manager and an administrator see none. */
async function namedIn(
  call: OperationCall,
  versions: readonly RuleVersion[],
): Promise<ReadonlySet<string>> {
  if (!mayWriteRules(call.actor)) return new Set()
  const looked = versions.flatMap((version) => version.looked.map(({ person }) => person))
  const named = await reachedAmong(call, [...new Set(looked)])
  const what = new Map([...named].map((person) => [person, [`Patient/${person}`]]))
  await note(call.context, what, { act: 'R', way: '$rule' })
  return named
}

/** Whether the caller wrote in it or asked about it: then their yes does not count. */
export function isByThem(
  { writers, asked }: Pick<RuleVersion, 'writers' | 'asked'>,
  { actor }: Pick<OperationCall, 'actor'>,
): boolean {
  const own = `Practitioner/${actor.practitioner ?? ''}`
  return asked?.by.agent === own || writers.some(({ agent }) => agent === own)
}

function shownVersion(
  version: RuleVersion,
  state: RuleState,
  { exactness, named }: Readonly<{ exactness: Exactness; named: ReadonlySet<string> }>,
): ShownRuleVersion {
  const { tried, looked, asked, refused, agreed, off } = version
  return {
    ...{ version: version.version, edit: version.edit, state, name: version.name },
    ...{ savedAt: version.savedAt, writers: version.writers },
    lines: version.lines.map(({ among = [], ...line }) => ({ ...line, among })),
    definition: ruleToFhir(version, state),
    ...(tried ? { tried: { ...tried, figures: figuresFor(tried.figures, exactness) } } : {}),
    looked: looked.filter(({ person }) => named.has(person)),
    ...(asked ? { asked } : {}),
    ...(refused ? { refused } : {}),
    ...(agreed ? { agreed } : {}),
    ...(off ? { off } : {}),
  }
}

function figuresFor(figures: NonNullable<RuleVersion['tried']>['figures'], exactness: Exactness) {
  const shown = shownFigures(figures, exactness)
  return shown.free === undefined ? shown : { ...shown, free: shownPlaces(shown.free, exactness) }
}

export function shownRun(
  { id: _id, rule: _rule, day: _day, found, added, dropped, notJudged, ...run }: RuleRun,
  exactness: Exactness,
): ShownRuleRun {
  const show = shownCount(exactness)
  const change = shownChange({ found, added, dropped }, exactness)
  return {
    ...run,
    ...{ found: show(found), added: change.added, dropped: change.dropped },
    notJudged: show(notJudged),
  }
}

/** Colleagues whose yes counts and who did not write in this version. */
async function whoMayAgree(
  { context }: OperationCall,
  organisation: string,
  { writers }: RuleVersion,
): Promise<readonly RuleHand[]> {
  const { rows } = await context.service.sql.query<RuleHand>(
    `select distinct r.content->'practitioner'->>'reference' as agent,
       coalesce(w.content->'name'->0->>'text', r.content->'practitioner'->>'display', '') as name
     from resource r left join resource w on w.rt = 'Practitioner'
       and w.id = split_part(r.content->'practitioner'->>'reference', '/', 2) and w.content is not null
     where r.rt = 'PractitionerRole' and r.content is not null and coalesce(r.content->>'active', 'true') = 'true'
       and r.content->'organization'->>'reference' = 'Organization/' || $1::text
       and exists (select 1 from jsonb_array_elements(r.content->'code') c, jsonb_array_elements(c->'coding') g
         where g->>'code' = any($2::text[]))
     order by name, agent`,
    [organisation, [...agreeingRoles]],
  )
  return rows.filter((each) => !writers.some(({ agent }) => agent === each.agent))
}

/**
 * How many people were taken on, or not now, under each version, of those about whom this caller’s organisation decided.
 * A decision that was undone is none; a case that was paused or has ended since was one.
 */
async function decisionsUnder(
  { context, actor }: OperationCall,
  rule: string,
): Promise<readonly Readonly<{ version: number; people: number }>[]> {
  const { rows } = await context.service.sql.query<{ version: number; people: number }>(
    `select (v->>'valueInteger')::int as version, count(distinct e.person)::int as people from resource e
       cross join lateral jsonb_array_elements(e.content->'extension') x
       cross join lateral jsonb_array_elements(x->'extension') r cross join lateral jsonb_array_elements(x->'extension') v
     where e.rt = 'EpisodeOfCare' and e.content @> jsonb_build_object('extension',
         jsonb_build_array(jsonb_build_object('url', '${gableUrl('found-by-rule')}')))
       and x->>'url' = '${gableUrl('found-by-rule')}' and r->>'url' = 'rule' and r->>'valueId' = $1
       and v->>'url' = 'version' and e.content->>'status' in ('active', 'onhold', 'finished', 'cancelled')
       and e.content->'managingOrganization'->>'reference' = 'Organization/' || $2::text
       and not ${optedOutSql('e.person', 'planning')}
     group by 1 order by 1`,
    [rule, actor.organisation ?? ''],
  )
  return rows
}
