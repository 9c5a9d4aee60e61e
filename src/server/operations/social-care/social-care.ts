import type { Basic, Observation, QuestionnaireResponse } from '@medplum/fhirtypes'
import { isStaff } from '#domain/access/actor.ts'
import { dayOf } from '#domain/calendar/zone.ts'
import {
  carerAssessmentFromFhir,
  eligibilityDecisionFromFhir,
} from '#domain/carer/carer-assessment-fhir.ts'
import { gableUrl } from '#domain/fhir/codes.ts'
import {
  careAssessmentFromFhir,
  careDecisionFromFhir,
} from '#domain/social-care/care-assessment-fhir.ts'
import { carePackageFromFhir } from '#domain/social-care/care-package.ts'
import { packageSteps } from '#domain/social-care/package-steps.ts'
import { planStep } from '#domain/social-care/plan-step.ts'
import {
  type AssessedAs,
  nextStep,
  type SocialCareLine,
  socialCareSteps,
  socialCareWork,
} from '#domain/social-care/social-care-work.ts'
import { supportPlanFromFhir } from '#domain/social-care/support-plan.ts'
import { note } from '#server/http/request-context.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { forbidden } from '#server/problem.ts'
import { personRowScopeSql, scopeSql } from '#server/store/access/scope-sql.ts'
import { Params } from '#server/store/params.ts'
import { storedRecord } from '#server/store/stored-json.ts'

/** The work of social care: which assessments and support plans wait for somebody, of everybody the caller may see. */
export const socialCareOperation: Operation = {
  name: 'social-care',
  on: 'system',
  changes: false,
  purpose:
    'What waits for somebody in social care: assessments under the Care Act begun at home, being written or to be decided on; support plans to be written, offered or answered; and reviews due within four weeks',
  async run(call) {
    if (!isStaff(call.actor))
      throw forbidden('Only people who care for others see what waits in social care')
    const lines = await linesOf(call)
    const what = new Map(lines.map(({ id }) => [id, [`Patient/${id}`]]))
    await note(call.context, what, { act: 'R', way: '$social-care' })
    return socialCareWork.write({ lines })
  },
}

type Kept = Basic | Observation | QuestionnaireResponse

type Row = Readonly<{
  person: string
  family: string | null
  given: string | null
  content: unknown
}>

const forms = {
  adult: gableUrl('Questionnaire/care-act-assessment'),
  carer: gableUrl('Questionnaire/carers-assessment'),
} as const satisfies Readonly<Record<AssessedAs, string>>

/** Only the answers to the two forms and the decisions on them are read, with whose they are. */
async function rowsOf({ sql, scope, now }: OperationCall): Promise<readonly Row[]> {
  const params = new Params()
  const { rows } = await sql.query<Row>(
    `select r.person, p.family, p.given, r.content from resource r
     join person_row p on p.person = r.person
     where r.content is not null and not p.deceased and p.in_use and p.replaced_by is null
       and ((r.rt = 'QuestionnaireResponse'
           and split_part(r.content ->> 'questionnaire', '|', 1) in ('${forms.adult}', '${forms.carer}'))
         or (r.rt = 'Observation'
           and r.content #>> '{code,coding,0,code}' in ('care-eligibility', 'carer-eligibility'))
         or (r.rt = 'Basic' and r.content #>> '{code,coding,0,code}' in ('support-plan', 'care-package')))
       and ${scopeSql(scope, 'r', params, now, 'many')}
       and ${personRowScopeSql(scope, 'p', params, now)}`,
    params.values,
  )
  return rows
}

async function linesOf(call: OperationCall): Promise<readonly SocialCareLine[]> {
  const people = Map.groupBy(await rowsOf(call), ({ person }) => person)
  const lines = [...people].flatMap(([id, rows]) =>
    (['adult', 'carer'] as const).flatMap((assessed) => lineOf(call, { id, assessed, rows })),
  )
  const order = ({ step }: SocialCareLine) => socialCareSteps.indexOf(step)
  return lines.toSorted(
    (one, other) =>
      order(one) - order(other) ||
      one.day.localeCompare(other.day) ||
      one.family.localeCompare(other.family) ||
      one.id.localeCompare(other.id),
  )
}

type OfPerson = Readonly<{ id: string; assessed: AssessedAs; rows: readonly Row[] }>

function lineOf(call: OperationCall, { id, assessed, rows }: OfPerson): readonly SocialCareLine[] {
  const records = rows.map(({ content }) => storedRecord(content) as Kept)
  const of = <T extends Kept['resourceType']>(type: T) =>
    records.filter((each): each is Extract<Kept, { resourceType: T }> => each.resourceType === type)
  const isAdult = assessed === 'adult'
  const assessments = of('QuestionnaireResponse')
    .flatMap(
      (each) => (isAdult ? careAssessmentFromFhir(each) : carerAssessmentFromFhir(each)) ?? [],
    )
    .toSorted((one, other) => other.at.localeCompare(one.at))
  const decisions = of('Observation').flatMap(
    (each) => (isAdult ? careDecisionFromFhir(each) : eligibilityDecisionFromFhir(each)) ?? [],
  )
  const plans = of('Basic')
    .flatMap((each) => supportPlanFromFhir(each) ?? [])
    .filter((each) => each.assessed === assessed && !each.ended)
  const { today, context } = call
  const at = { today, dayOf: (instant: string) => dayOf(instant, context.zone) }
  const packages = isAdult ? of('Basic').flatMap((each) => carePackageFromFhir(each) ?? []) : []
  const steps = [
    nextStep({ assessments, decisions, ...at, hasPlan: plans.length > 0 }),
    ...plans.map((plan) => planStep({ plan, ...at })),
    ...packages.flatMap((one) => packageSteps({ one, ...at })),
  ]
  const { family, given } = rows[0] ?? {}
  const who = { id, assessed, family: family ?? '', given: given ?? '' }
  return steps.flatMap((step) => (step ? [{ ...who, ...step }] : []))
}
