import type { Provenance } from '@medplum/fhirtypes'
import { agreementFromFhir } from '#domain/agreement/fhir.ts'
import type { Sql } from '#server/store/sql.ts'
import { amina, goal, grace } from './grace-records.ts'

const codes = 'https://gable.example/codes'
const subject = grace
export const episode = 'case-1'
export const need = {
  ...{ resourceType: 'Condition', id: 'need-1', subject, code: { text: 'Cannot climb the step' } },
  category: [{ coding: [{ code: 'health-concern' }] }],
} as const
export const step = {
  ...{ resourceType: 'Task', id: 'step-1', status: 'requested', intent: 'order', for: grace },
  ...{ description: 'Ring the parish', owner: amina, focus: { reference: 'Goal/goal-1' } },
} as const
const about = {
  ...{ resourceType: 'Observation', id: 'about-1', status: 'final', subject, performer: [grace] },
  code: { coding: [{ system: 'http://snomed.info/sct', code: '1515861000000103' }] },
  valueString: 'My garden',
} as const
export const whatIf = {
  ...{
    resourceType: 'CarePlan',
    id: `whatif-${episode}`,
    status: 'active',
    intent: 'plan',
    subject,
  },
  category: [{ coding: [{ system: codes, code: 'contingency' }] }],
  supportingInfo: [{ reference: `EpisodeOfCare/${episode}` }],
  description: 'Ring Amina the same day',
} as const
export const planId = `plan-${episode}`
export const carePlan = {
  ...{ resourceType: 'CarePlan', id: planId, status: 'active', intent: 'plan', subject },
  supportingInfo: [{ reference: `EpisodeOfCare/${episode}` }],
  goal: [{ reference: 'Goal/goal-1' }],
  addresses: [{ reference: 'Condition/need-1' }],
  activity: [{ reference: { reference: 'Task/step-1' } }],
} as const
const openCase = {
  ...{ resourceType: 'EpisodeOfCare', id: episode, status: 'active', patient: grace },
  ...{ managingOrganization: { reference: 'Organization/brook-surgery' }, careManager: amina },
} as const

export const answer = (
  code: 'agree' | 'agree-in-part' | 'disagree',
  version: number,
  more = {},
) => ({
  ...{ resourceType: 'Provenance' as const, id: crypto.randomUUID() as string },
  target: [{ reference: `CarePlan/${planId}/_history/${version}` }, grace],
  ...{ activity: { coding: [{ system: codes, code }] }, recorded: '2026-03-02T09:00:00Z' },
  agent: [{ who: grace }],
  ...more,
})

/** A case with one goal, need and step, and what to do if things get worse. */
export const planToAgree = [openCase, goal(grace), need, step, about, whatIf, carePlan]

/** The answers in the database, in the order they were stored. */
export async function answersIn(sql: Sql) {
  const { rows } = await sql.query<{ content: Provenance; id: string; ts: string }>(
    `select content, id, ts from resource where rt = 'Provenance' order by rid`,
  )
  const kept = rows.map(({ content, id, ts }) => ({
    ...{ ...content, id },
    meta: { lastUpdated: new Date(ts).toISOString() },
  }))
  return kept.flatMap((each) => agreementFromFhir(each) ?? [])
}
