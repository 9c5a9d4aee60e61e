import { type DemoRule, demoRules } from '#demo-data/caseload/demo-rules.ts'
import { demoIdentities } from '#demo-data/identities.ts'
import type { Actor } from '#domain/access/actor.ts'
import { addDays } from '#domain/calendar/days.ts'
import { usualZone } from '#domain/calendar/zone.ts'
import {
  agreeToRule,
  askToAgree,
  isRuleRefusal,
  judgePerson,
  noteTrial,
  type RuleStep,
} from '#domain/rule/rule-steps.ts'
import type { RuleVersion } from '#domain/rule/rule-version.ts'
import { coordinatorRooms } from '#server/operations/population/places.ts'
import { insertRuleVersion, keepTrial } from '#server/operations/rules/rule-versions-of.ts'
import { runRule } from '#server/operations/rules/run-rules.ts'
import { handOf } from '#server/operations/rules/step-rule.ts'
import { trialFigures } from '#server/operations/rules/trial-figures.ts'
import type { Sql } from '#server/store/sql.ts'
import { freshenPatientSummaries } from '#server/store/summary/freshen-patient-summaries.ts'

/**
 * The rules of the demonstration, each step with the clock of its day and by the same functions as on any other day: tried
 * on the records, looked at, asked about, and one of them agreed to and run.
 */
export async function seedRules(
  sql: Sql,
  asOf: string,
  { zone = usualZone }: Readonly<{ zone?: string }>,
): Promise<void> {
  await freshenPatientSummaries(sql, { now: new Date(), zone })
  for (const rule of demoRules) await seedRule(sql, asOf, rule)
}

async function seedRule(sql: Sql, asOf: string, rule: DemoRule): Promise<void> {
  const [writer, second] = [actorOf(rule.writer), actorOf(rule.asked)]
  const { organisation = '' } = writer
  const on = (ago: number) => {
    const today = addDays(asOf, -ago)
    return { today, now: new Date(`${today}T09:20:00Z`) }
  }
  const act = (actor: Actor, ago: number) => ({ by: handOf(actor), at: on(ago).now.toISOString() })
  const { tried, askedAgo, agreed } = rule
  const draft: RuleVersion = {
    ...{ rule: rule.id, version: 1, edit: 1, organisation, name: rule.name, lines: rule.lines },
    ...{ seed: rule.id, writers: [handOf(writer)], savedAt: act(writer, tried).at, looked: [] },
  }
  const rooms = await coordinatorRooms(sql, writer)
  const scope = { people: { kind: 'related', organisation } } as const
  const trying = { ...on(tried), sql, organisation, scope, rooms }
  const figures = await trialFigures(trying, { lines: rule.lines, running: undefined }, draft.seed)
  await keepTrial(sql, draft, { figures, act: act(writer, tried), day: on(tried).today })
  const looked = figures.sample.reduce(
    (version, person, at) =>
      made(judgePerson(version, verdictOn(person, at, rule), act(writer, askedAgo))),
    made(noteTrial(draft, figures, act(writer, tried))),
  )
  const wish = { of: handOf(second), from: addDays(asOf, rule.from), today: on(askedAgo).today }
  const asked = made(askToAgree(looked, wish, act(writer, askedAgo)))
  const version =
    agreed === undefined ? asked : made(agreeToRule(asked, on(agreed).today, act(second, agreed)))
  await insertRuleVersion(sql, version)
  if (agreed !== undefined)
    await runRule(sql, version, { ...on(-rule.from), organisation }, { reason: 'switched-on' })
}

/** The last of the people drawn by lot was not the right one. */
function verdictOn(person: string, at: number, { wrong }: DemoRule) {
  const right = at !== 9
  return { person, right, words: right ? '' : wrong }
}

function made(step: RuleStep): RuleVersion {
  if (isRuleRefusal(step)) throw new Error(`A rule of the demonstration: ${step}`)
  return step
}

function actorOf(identity: string): Actor {
  const found = demoIdentities.find((each) => each.identity === identity)
  if (!found) throw new Error(`${identity} is no demonstration identity`)
  return found
}
