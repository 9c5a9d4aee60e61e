import { chidiId, graceId } from '#demo-data/identities.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'

const codes = 'https://gable.example/codes'
const subject = { reference: `Patient/${graceId}` }
export const grace = { reference: `Patient/${graceId}` }
export const chidi = { reference: `RelatedPerson/${chidiId}` }
export const amina = { reference: 'Practitioner/amina-yusuf' }

export const share = (
  rooms: readonly string[],
  actions: readonly string[],
  end = '2099-01-01',
) => ({
  resourceType: 'Consent' as const,
  id: 'share',
  status: 'active' as const,
  scope: { text: 'privacy' },
  category: [{ text: 'sharing' }],
  policyRule: { text: 'opt in' },
  patient: grace,
  provision: {
    type: 'permit' as const,
    period: { start: '2020-01-01', end },
    actor: [{ role: { text: 'carer' }, reference: chidi }],
    action: actions.map((code) => ({ coding: [{ system: codes, code }] })),
    class: rooms.map((code) => ({ system: codes, code })),
  },
})

export const aboutMe = (performer: { reference: string }, more = {}) => ({
  resourceType: 'Observation' as const,
  id: 'about-1',
  status: 'final' as const,
  code: { coding: [{ system: 'http://snomed.info/sct', code: '1515861000000103' }] },
  subject,
  performer: [performer],
  valueString: 'My garden',
  ...more,
})
export const goal = (expressedBy: { reference: string }) => ({
  resourceType: 'Goal' as const,
  id: 'goal-1',
  lifecycleStatus: 'active' as const,
  subject,
  expressedBy,
  description: { text: 'To walk to church' },
})
export const agreement = (who: { reference: string }) => ({
  resourceType: 'Provenance' as const,
  id: 'agree-1',
  target: [{ reference: 'CarePlan/plan-1/_history/1' }],
  recorded: '2026-03-02T09:00:00Z',
  activity: { coding: [{ system: codes, code: 'agree' }] },
  agent: [{ who }],
})
export const message = (sender: { reference: string }) => ({
  resourceType: 'Communication' as const,
  id: 'message-1',
  status: 'completed' as const,
  subject,
  sender,
  payload: [{ contentString: 'Thank you' }],
})
export const condition = {
  resourceType: 'Condition' as const,
  id: 'condition-2',
  subject,
  code: { text: 'Cough' },
}
const whisper = {
  ...message(amina),
  id: 'whisper-1',
  meta: { security: [{ system: codes, code: 'professional-only' }] },
}
export const standing: readonly ResourceWithId[] = [
  { resourceType: 'Patient', id: graceId, name: [{ family: 'Okafor' }] },
  { resourceType: 'Patient', id: 'other', name: [{ family: 'Other' }] },
  {
    resourceType: 'CarePlan',
    id: 'plan-1',
    status: 'active',
    intent: 'plan',
    subject,
    period: { start: '2026-01-01' },
  },
  { resourceType: 'Condition', id: 'condition-1', subject, code: { text: 'Heart failure' } },
  { resourceType: 'RiskAssessment', id: 'risk-1', status: 'final', subject },
  { resourceType: 'Organization', id: 'brook-surgery', name: 'Brook Surgery' },
  whisper,
]
