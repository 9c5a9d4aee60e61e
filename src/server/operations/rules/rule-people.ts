import { ruleFault } from '#domain/rule/rule-lines.ts'
import {
  type RulePerson,
  rulePeopleAnswer,
  rulePeoplePerPage,
  rulePeopleRequest,
} from '#domain/rule/rule-parameters.ts'
import { runningVersion } from '#domain/rule/rule-version.ts'
import { note } from '#server/http/request-context.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation } from '#server/operations/operation.ts'
import { Params } from '#server/store/params.ts'
import { groupSql, judgedSql } from './rule-people-sql.ts'
import { mustFindRule } from './rule-versions-of.ts'
import { recordsFor, refusalProblem, rulesWrittenFor } from './step-rule.ts'

type Row = Readonly<Record<string, unknown>>

/** The people behind the figures of the newest version, a page at a time. Everybody who is named has been looked at. */
export const rulePeopleOperation: Operation = {
  name: 'rule-people',
  on: 'type',
  type: 'PlanDefinition',
  changes: false,
  purpose:
    'People behind the figures of the newest version of a rule: rule, group (sample, added, dropped, kept, found, not-judged, missed), line (for missed, from nought), offset; with the lines that do not fit them and those that cannot be judged. For the organisation’s own staff',
  async run(call) {
    const organisation = rulesWrittenFor(call)
    const { rule, group, line = 0, offset = 0 } = askedParameters(call, rulePeopleRequest)
    const versions = await mustFindRule(call.context.service.sql, organisation, rule)
    const newest = versions.at(-1)
    if (!newest || ruleFault(newest.lines)) throw refusalProblem('not-ready')
    const { lines } = newest
    const running = runningVersion(versions, call.today)?.lines
    const params = new Params()
    const judged = judgedSql({ lines, running }, recordsFor(call, organisation), params)
    const where =
      group === 'sample'
        ? `j.person = any(${params.add([...(newest.tried?.figures.sample ?? [])], 'text[]')})`
        : groupSql(group, lines, Math.min(Math.max(0, line), lines.length - 1))
    const { rows } = await call.sql.query<Row>(
      `with judged as materialized (${judged})
       select count(*) over ()::int as total, p.person as id, p.family, p.given, p.title, p.birth_date as "birthDate",
         p.nhs as "nhsNumber", p.conditions, p.stays, p.bed_days as "bedDays", (select max(d) from unnest(p.stay_days) d) as "lastStay",
         p.frailty, coalesce(p.frailty_up_2, p.frailty_up_1) as "frailtyUp", p.chance, p.medicines, p.coordinator,
         p.care_home as "careHome", coalesce(j.found, false) and not j.was as adds,
         array[${lines.map((_, at) => `(case when j.l${at} then 'yes' when not j.l${at} then 'no' else '' end)`).join(', ')}]::text[] as fits
       from judged j join person_row p on p.person = j.person where ${where}
       order by ${group === 'sample' ? 'adds desc, ' : ''}md5(${params.add(newest.seed, 'text')} || p.person), p.person
       limit ${rulePeoplePerPage} offset ${params.add(offset, 'integer')}`,
      params.values,
    )
    const what = new Map(rows.map(({ id }) => [String(id), [`Patient/${id}`]]))
    await note(call.context, what, { act: 'R', way: '$rule-people' })
    return rulePeopleAnswer.write({
      total: Number(rows[0]?.['total'] ?? 0),
      people: rows.map(rulePersonIn),
    })
  },
}

function rulePersonIn({ total: _total, fits, conditions, ...row }: Row): RulePerson {
  const told = Object.entries(row).filter(([, value]) => value !== null)
  const answers: readonly unknown[] = Array.isArray(fits) ? fits : []
  const where = (answer: string) => answers.flatMap((each, at) => (each === answer ? [at] : []))
  return {
    ...(Object.fromEntries(told) as Omit<RulePerson, 'conditions' | 'misses' | 'unknown'>),
    conditions: Array.isArray(conditions) ? conditions : [],
    ...{ misses: where('no'), unknown: where('') },
  }
}
