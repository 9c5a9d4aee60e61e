import { answerCodes } from '#domain/agreement/fhir.ts'
import { gableCodeSystem, gableUrl } from '#domain/fhir/codes.ts'
import type { BuiltInMeasure } from '#domain/outcome/measure-definition.ts'
import { afterForm } from '#domain/preparation/prompts.ts'
import { timeSql } from '#server/operations/worklists/time-sql.ts'
import { optedOutSql } from '#server/opt-out/opted-out.ts'
import { avoidableCodes } from './avoidable-codes.ts'
import { daySql, isOpenSql, staysSql } from './stays-sql.ts'

/** Records of one type about members, as `r`. */
const records = (type: string, condition: string) =>
  `from resource r join members m on m.person = r.person
   where r.rt = '${type}' and r.content is not null and ${isOpenSql('r')} and r.content ->> 'status' is distinct from 'entered-in-error' and (${condition})`

const inMonth = (day: string) => `${day} >= $2::date and ${day} < $3::date`
const effective = daySql("(r.content ->> 'effectiveDateTime')")
const hasCode = (element: string, code: string) =>
  `coalesce(r.content #> '{${element},coding}' @> '[{"system": "${gableCodeSystem}", "code": "${code}"}]', false)`
const hasCategory = (table: string, code: string) =>
  `coalesce(${table}.content -> 'category' @> '[{"coding": [{"system": "${gableCodeSystem}", "code": "${code}"}]}]', false)`
const scoreOf = (table: string) =>
  `coalesce((${table}.content ->> 'valueInteger')::numeric, (${table}.content #>> '{valueQuantity,value}')::numeric)`
const meant = (table: string, way: string) =>
  `coalesce(${table}.content -> 'extension' @> '[{"url":"${gableUrl('agreed-how')}","extension":[{"url":"way","valueCode":"${way}"}]}]', false)`

/** Each person’s last score of this code in the month. */
const lastScore = (code: string) =>
  `select distinct on (r.person) r.person, ${scoreOf('r')} as value ${records('Observation', `${hasCode('code', code)} and ${inMonth(effective)}`)}
   order by r.person, r.content ->> 'effectiveDateTime' desc, r.rid desc`

const promises = `select r.id, r.person, r.content ->> 'status' = 'completed' as is_done,
    (select coalesce(d.content -> 'extension' @> '[{"url": "${gableUrl('happened')}", "valueBoolean": false}]', false)
      from resource d where d.rt = 'Communication' and d.person = r.person and d.content is not null
        and d.content ->> 'status' is distinct from 'entered-in-error'
        and (${hasCategory('d', 'promise-answer')} or ${hasCategory('d', 'promise-dealt-with')})
        and d.content -> 'about' @> jsonb_build_array(jsonb_build_object('reference', 'Task/' || r.id))
      order by d.ts desc, d.rid desc limit 1) as is_denied
  ${records(
    'Task',
    `r.content ->> 'status' not in ('cancelled', 'failed') and r.content ->> 'intent' <> 'proposal'
     and r.content #>> '{owner,reference}' <> 'Patient/' || r.person
     and (r.content #>> '{focus,reference}' ~ '^(Goal|CarePlan)/' or r.content #>> '{basedOn,0,reference}' like 'CarePlan/%')
     and ${inMonth(daySql("(r.content #>> '{restriction,period,end}')"))}`,
  )}`

const agreed = `select r.person, max(${daySql("(coalesce(r.content ->> 'occurredDateTime', r.content ->> 'recorded'))")}) as on_day
  ${records(
    'Provenance',
    `r.content #>> '{activity,coding,0,code}' = '${answerCodes[0]}' and r.content #>> '{target,0,reference}' ~ '^CarePlan/.+/_history/'
     and (${meant('r', 'authority')} or ${meant('r', 'best-interests')}
       or (r.content #>> '{agent,0,who,reference}' = 'Patient/' || r.person and not ${meant('r', 'spoken')}))
     and ${daySql("(r.content ->> 'recorded')")} < $3::date`,
  )} group by r.person`

const reviewed = `select r.person, max(${daySql("(r.content ->> 'sent')")}) as on_day
  ${records('Communication', `${hasCategory('r', 'review')} and r.content ->> 'status' = 'completed' and ${daySql("(r.content ->> 'sent')")} < $3::date`)} group by r.person`

/** The stay ended at its moment, or at the last of its day. */
const contacted = `exists (select 1 from resource c where c.rt = 'Communication' and c.person = s.person and c.content is not null
    and ${isOpenSql('c')} and ${hasCategory('c', 'contact')} and c.content ->> 'status' = 'completed'
    and case when s.has_time then ${timeSql("(c.content ->> 'sent')")} between s.ended_at and s.ended_at + interval '48 hours'
      else ${daySql("(c.content ->> 'sent')")} between s.until and s.until + 2 end)`

const backWithin = (days: number) =>
  `exists (select 1 from stays n where n.person = s.person and n.emergency and n.since between s.until and s.until + ${days}
     and (n.since, n.last_day) <> (s.since, s.last_day))`

const startsWith = (codes: readonly string[]) =>
  `exists (select 1 from unnest(s.codes) c where c ~ '^(${codes.join('|')})')`
const left = `from stays s join members m on m.person = s.person
  where s.until is not null and ${inMonth('s.until')} and (m.died is null or m.died > s.until)`
const began = `from stays s where s.emergency and ${inMonth('s.since')}`

/** Nights from one day to another that are in the month and in the member’s time. */
const nights = (condition: string) =>
  `(select coalesce(sum(greatest(0, least(s.last_day, m.last_day) - greatest(s.since, m.first_day))), 0)
    from stays s join lives m on m.person = s.person where ${condition})`

const after = (condition = 'true') =>
  `count(*) filter (where r.content -> 'item' @> '[{"linkId": "talked", "answer": [{"valueCoding": ${condition}}]}]')`

const people = '(select count(*) from members)'

/** Numerator, denominator and who was not asked, of each measure. Tested against their words by people made by hand. */
const counts: Readonly<Record<BuiltInMeasure, string>> = {
  'goals-reached': `select count(*) filter (where value >= 0), count(*), 0 from (
    select distinct on (r.content #>> '{focus,0,reference}') (r.content ->> 'valueInteger')::numeric as value
    ${records('Observation', `${hasCode('code', 'goal-attainment-score')} and r.content #>> '{performer,0,reference}' = 'Patient/' || r.person and ${inMonth(effective)}`)}
    order by r.content #>> '{focus,0,reference}', r.content ->> 'effectiveDateTime' desc, r.rid desc) g where value is not null`,
  'promises-kept': `select count(*) filter (where is_done and is_denied is not true), count(*), 0 from (${promises}) p`,
  'plan-reviewed': `select count(*) filter (where a.on_day is not null and greatest(a.on_day, v.on_day) >= cast($3::date - interval '12 months' as date)), count(*), 0
    from members m left join (${agreed}) a on a.person = m.person left join (${reviewed}) v on v.person = m.person
    where m.since <= $3::date - 30 and (m.until is null or m.until >= $3::date) and (m.died is null or m.died >= $3::date)`,
  'contacted-48h': `select count(*) filter (where ${contacted}), count(*) filter (where ${contacted} or not ${backWithin(2)}), 0 ${left}`,
  involved: `select ${after('{"code": "yes"}')}, ${after('{}')}, 0
    ${records('QuestionnaireResponse', `r.content ->> 'status' = 'completed' and r.content ->> 'questionnaire' like '${afterForm.url}%' and ${inMonth(daySql("(r.content ->> 'authored')"))}`)}`,
  wellbeing: `select count(*) filter (where value >= 7), count(*),
      (select count(*) from members a where not exists (select 1 from resource r where r.person = a.person and r.rt = 'Observation' and r.content is not null
        and ${hasCode('code', 'ons4-satisfied')} and ${effective} >= cast($3::date - interval '12 months' as date) and ${effective} < $3::date))
    from (${lastScore('ons4-satisfied')}) w`,
  'carer-strain': `select coalesce(sum(value), 0), count(*), 0 from (${lastScore('mcsi-score')}) c`,
  'activation-change': `select coalesce(sum(n.value - f.value), 0), count(*), 0 from (${lastScore('pam-score')}) n
    join (select distinct on (r.person) r.person, ${scoreOf('r')} as value ${records('Observation', `${hasCode('code', 'pam-score')} and ${effective} < $2::date`)}
      order by r.person, r.content ->> 'effectiveDateTime', r.rid) f on f.person = n.person`,
  'emergency-admissions': `select count(*), ${people}, 0 ${began}`,
  'readmissions-30': `select count(*) filter (where ${backWithin(29)}), count(*), 0 ${left} and not ${startsWith(['C', 'O'])}`,
  'avoidable-admissions': `select count(*) filter (where ${startsWith(avoidableCodes)}), ${people}, 0 ${began}`,
  'bed-days': `select ${nights('s.emergency')}, ${people}, 0`,
  'days-at-home': `select coalesce(sum(m.last_day - m.first_day), 0) - ${nights('true')}, coalesce(sum(m.last_day - m.first_day), 0), 0 from lives m`,
}

/** What stands for everybody counted in the month, and who is left out because they said no. */
const wholeSql = `select 'people', ${people}, ${people}, 0`

/**
 * All measures of one organisation (`$1`) and one month (from `$2`, before `$3`; in the zone `$4`), in one statement. Whoever is joined from another place is
 * not looked at: a result is of one organisation.
 */
export const countMonthSql = `
  with cases as materialized (
    select e.person, ${daySql("(e.content #>> '{period,start}')")} as since, ${daySql("(e.content #>> '{period,end}')")} as until
    from resource e where e.rt = 'EpisodeOfCare' and e.content is not null and e.person is not null and ${isOpenSql('e')}
      and e.content ->> 'status' in ('active', 'onhold', 'finished') and e.content #>> '{managingOrganization,reference}' = 'Organization/' || $1::text),
  whole as materialized (
    select c.person, min(c.since) as since, case when bool_or(c.until is null) then null else max(c.until) end as until,
      max(${daySql("(w.content ->> 'deceasedDateTime')")}) as died
    from cases c left join resource w on w.rt = 'Patient' and w.id = c.person and w.content is not null
    where c.since < $3::date and coalesce(c.until, 'infinity') >= $2::date and w.content ->> 'deceasedBoolean' is distinct from 'true'
    group by c.person),
  alive as materialized (select * from whole where died is null or died >= $2::date),
  members as materialized (select * from alive where not ${optedOutSql('alive.person', 'planning')}),
  lives as materialized (
    select person, greatest(since, $2::date) as first_day, least(coalesce(until + 1, $3::date), coalesce(died, $3::date), $3::date) as last_day from members),
  ${staysSql}
  select measure, round(numerator::numeric)::float8 as numerator, denominator::float8 as denominator, not_asked::int as "notAsked",
    ((select count(*) from alive) - ${people})::int as "leftOut"
  from (${Object.entries(counts)
    .map(([measure, statement]) => `(select '${measure}', x.* from (${statement}) x)`)
    .join('\n union all ')}
    union all (${wholeSql})) as all_of(measure, numerator, denominator, not_asked)`
