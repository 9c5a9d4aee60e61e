import { answerCodes } from '#domain/agreement/fhir.ts'
import type { AnswerWay } from '#domain/agreement/given-how.ts'
import { gableCodeSystem, gableUrl } from '#domain/fhir/codes.ts'

const answers = answerCodes.map((code) => `'${code}'`).join(', ')

/** `countsForRoof` of the domain. A paper without a witness is never stored. */
const wayIs = (record: string, way: AnswerWay) =>
  `coalesce(${record}.content->'extension' @> '[{"url":"${gableUrl('agreed-how')}","extension":[{"url":"way","valueCode":"${way}"}]}]', false)`
const isForPersonSql = (record: string) =>
  `${wayIs(record, 'authority')} or ${wayIs(record, 'best-interests')}`

/** Answers are in the order in which the server gave them: its number, then when it was stored. */
const numberOf = (record: string) =>
  `coalesce((select (x->>'valueInteger')::int from jsonb_array_elements(${record}.content->'extension') x
          where x->>'url' = '${gableUrl('answer-number')}' limit 1), 0)`

/**
 * The open cases with their plan, as a statement over the records: rid of the case, person, state, the plan's version
 * and goals, the review date, and what the person said last about that exact version. `cases` chooses the cases, as
 * `e`; `seen`, which plans and answers (as `p`, `said`) the reader may know of.
 */
export function casesWithPlans(
  cases: string,
  seen: (table: string) => string = () => 'true',
): string {
  return `select e.id as case_id, e.person, e.content->>'status' as status,
      e.content->'careManager'->>'display' as coordinator,
      e.content->'careManager'->>'reference' as coordinated_by, p.vid as plan_version,
      coalesce(jsonb_array_length(p.content->'goal'), 0) as goals,
      (select x->>'valueDate' from jsonb_array_elements(p.content->'extension') x
        where x->>'url' = '${gableUrl('review-on')}' limit 1) as review_on,
      (select said.content->'activity'->'coding'->0->>'code' from resource said
        where said.rt = 'Provenance' and said.person = e.person and ${seen('said')}
          and said.content->'target' @> jsonb_build_array(jsonb_build_object(
            'reference', 'CarePlan/' || p.id || '/_history/' || p.vid))
          and (${isForPersonSql('said')}
            or (said.content->'agent'->0->'who'->>'reference' = 'Patient/' || e.person
              and not ${wayIs('said', 'spoken')}))
          and said.content->'activity'->'coding'->0->>'code' in (${answers})
          and said.content->'activity'->'coding'->0->>'system' = '${gableCodeSystem}'
        order by ${numberOf('said')} desc, said.ts desc, said.rid desc limit 1) as said
    from resource e
    left join resource p on p.rt = 'CarePlan' and p.id = 'plan-' || e.id and p.person = e.person
      and p.content->>'status' not in ('completed', 'revoked', 'entered-in-error')
      and ${seen('p')}
    where e.rt = 'EpisodeOfCare' and e.content is not null and e.person is not null and (${cases})`
}

/** The day or instant of death of a Patient, `true` if it is not known; null for the living. */
export const diedSql = (patient: string): string =>
  `coalesce(${patient}.content->>'deceasedDateTime',
    case when ${patient}.content->>'deceasedBoolean' = 'true' then 'true' end)`
