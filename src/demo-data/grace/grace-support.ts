import type { CarePlan, Consent, ServiceRequest } from '@medplum/fhirtypes'
import type { PlanSeed } from '#demo-data/plan-records.ts'
import type { SeedRecord } from '#demo-data/seed-record.ts'
import { at, concept, gableCodes, gableFhir, to } from '#demo-data/vocabulary/codes.ts'
import { chidi, grace, karen } from './grace-people.ts'

/** If things get worse: Grace's three levels. */
export function graceWhatIf(seed: PlanSeed): CarePlan & { id: string } {
  const level = (name: string, sign: string, doWhat: string, ring?: string) => ({
    url: `${gableFhir}/what-if`,
    extension: [
      { url: 'level', valueCode: name },
      { url: 'sign', valueString: sign },
      { url: 'doWhat', valueString: doWhat },
      ...(ring ? [{ url: 'ring', valueString: ring }] : []),
    ],
  })
  return {
    resourceType: 'CarePlan',
    id: `whatif-${seed.caseId}`,
    status: 'active',
    intent: 'plan',
    category: [concept(gableCodes, 'contingency', 'If things get worse')],
    subject: grace,
    created: at(seed.writtenOn),
    supportingInfo: [to('EpisodeOfCare', seed.caseId)],
    extension: [
      level('green', 'A usual day', 'Weigh myself after breakfast and write it down'),
      level(
        'amber',
        '2 kg up in 3 days, or sleeping in the chair',
        'Ring Amina the same day',
        '01632 960100',
      ),
      level('red', 'Cannot finish a sentence', 'Ring 999', '999'),
    ],
  }
}

/** What has been arranged for Grace. */
export function* graceServices(day: (count: number) => string): Generator<SeedRecord> {
  const services = [
    ['Brightway home care', '4 visits a day'],
    ['Tuesday lunch club', 'Minibus at 11.30'],
    ['Fall alarm', 'Worn and tested each month'],
  ] as const
  for (const [index, [name, note]] of services.entries()) {
    yield {
      resourceType: 'ServiceRequest',
      id: `service-g${index}`,
      status: 'active',
      intent: 'order',
      code: { text: name },
      subject: grace,
      requester: karen,
      authoredOn: at(day(-40)),
      note: [{ text: note }],
    } satisfies ServiceRequest
  }
}

/** Grace shares every room of the house with Chidi, except her medical record, for a year. */
export function graceConsent(day: (count: number) => string): Consent & { id: string } {
  const rooms = ['me', 'conversation', 'team', 'roof', 'support']
  return {
    resourceType: 'Consent',
    id: 'consent-g1',
    status: 'active',
    scope: concept(
      'http://terminology.hl7.org/CodeSystem/consentscope',
      'patient-privacy',
      'Privacy consent',
    ),
    category: [
      concept('http://terminology.hl7.org/CodeSystem/v3-ActCode', 'INFA', 'Information access'),
    ],
    policyRule: concept('http://terminology.hl7.org/CodeSystem/v3-ActCode', 'OPTIN', 'Opt in'),
    patient: grace,
    dateTime: at(day(-44)),
    performer: [grace],
    provision: {
      type: 'permit',
      period: { start: day(-44), end: day(321) },
      actor: [
        {
          role: concept('http://terminology.hl7.org/CodeSystem/v3-RoleCode', 'CAREGIVER', 'Carer'),
          reference: chidi,
        },
      ],
      action: [concept(gableCodes, 'read', 'Read'), concept(gableCodes, 'write', 'Write')],
      class: rooms.map((room) => ({ system: gableCodes, code: room })),
    },
  }
}
