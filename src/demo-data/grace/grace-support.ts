import type {
  CarePlan,
  Consent,
  DocumentReference,
  Extension,
  Observation,
  Reference,
  ServiceRequest,
} from '@medplum/fhirtypes'
import type { PlanSeed } from '#demo-data/caseload/plan-records.ts'
import type { SeedRecord } from '#demo-data/seed-record.ts'
import {
  at,
  concept,
  gableCodes,
  gableFhir,
  type Pointer,
  to,
} from '#demo-data/vocabulary/codes.ts'
import { amina, chidi, grace, karen } from './grace-people.ts'

/** If things get worse: Grace's three levels, what is kept ready, and who steps in when Chidi is ill. */
export function graceWhatIf(seed: PlanSeed): CarePlan & { id: string } {
  const line = (name: string, parts: Extension[]) => ({
    url: `${gableFhir}/${name}`,
    extension: parts,
  })
  const text = (url: string, words: string) => ({ url, valueString: words })
  const said = (by: Pointer, helper?: Pointer) => [
    { url: 'said-by', valueReference: by },
    ...(helper ? [{ url: 'supported-by', valueReference: helper }] : []),
    { url: 'said-on', valueDateTime: at(seed.writtenOn) },
  ]
  const level = (name: string, words: readonly string[], by: Extension[]) => {
    const [sign = '', doWhat = '', ring, ringAtNight] = words
    return line('what-if', [
      { url: 'level', valueCode: name },
      text('sign', sign),
      text('doWhat', doWhat),
      ...(ring ? [text('ring', ring)] : []),
      ...(ringAtNight ? [text('ringAtNight', ringAtNight)] : []),
      ...by,
    ])
  }
  const inHerWords = said(grace, amina)
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
      level('green', ['A usual day', 'Weigh myself after breakfast and write it down'], inHerWords),
      level(
        'amber',
        [
          '2 kg up in 3 days, or sleeping in the chair',
          'Ring Amina the same day',
          ...['01632 960100', '111'],
        ],
        inHerWords,
      ),
      level('red', ['Cannot finish a sentence', 'Ring 999', '999'], said(amina)),
      ...graceReady(line, said(amina)),
      ...ifChidiIsIll(line, said(chidi, karen)),
    ],
  }
}

type Line = (name: string, parts: Extension[]) => Extension

function graceReady(line: Line, by: Extension[]): Extension[] {
  return [
    line('just-in-case', [
      { url: 'code', valueCode: 'ready-g1' },
      { url: 'sort', valueCode: 'medicine' },
      { url: 'what', valueString: 'Second water tablet, one extra in the morning' },
      { url: 'where', valueString: 'Kitchen drawer, blue box' },
      { url: 'whoMay', valueString: 'Grace herself, after a call with Amina' },
      ...by,
    ]),
    line('just-in-case', [
      { url: 'code', valueCode: 'ready-g2' },
      { url: 'sort', valueCode: 'equipment' },
      { url: 'what', valueString: 'Backrest for sleeping upright' },
      { url: 'where', valueString: 'Under the bed' },
      { url: 'whoMay', valueString: 'Anybody' },
      ...by,
    ]),
  ]
}

function ifChidiIsIll(line: Line, by: Extension[]): Extension[] {
  const step = (id: string, task: string, what: string, who?: Reference<never>, phone?: string) =>
    line('carer-ill', [
      { url: 'code', valueCode: id },
      { url: 'task', valueCode: task },
      { url: 'what', valueString: what },
      ...(who ? [{ url: 'who', valueReference: who }] : []),
      ...(phone ? [{ url: 'phone', valueString: phone }] : []),
      ...by,
    ])
  return [
    step('ill-g1', 'company', 'Call Grace and come by', { display: 'Ngozi Eze' }, '01632 960113'),
    step('ill-g2', 'meals', 'Ask Brightway to come six times, not four', karen),
    step('ill-g3', 'medicines', 'Check the tablet box for the evening', amina),
    step('ill-g4', 'night', 'Someone sleeps at Grace’s'),
  ]
}

/** What Grace says ahead, written down by Amina, and the form that is kept at home. */
export function* graceWishes(day: (count: number) => string): Generator<SeedRecord> {
  const said = [
    ['wishes-matters', 'To be at home, with my church near me.'],
    ['wishes-avoid', 'I do not want to die in an ambulance.'],
    ['wishes-place', 'In my own bed. If that cannot be, the hospice in Brook.'],
    ['wishes-decides', 'Talk with Chidi and my sister Ada. I decide while I can.'],
  ] as const
  for (const [code, words] of said)
    yield {
      resourceType: 'Observation',
      id: `${code}-g`,
      status: 'final',
      code: concept(gableCodes, code, code),
      subject: grace,
      performer: [grace],
      effectiveDateTime: day(-45),
      valueString: words,
      extension: [{ url: `${gableFhir}/supported-by`, valueReference: amina }],
    } satisfies Observation
  yield {
    resourceType: 'DocumentReference',
    id: 'wish-document-g',
    status: 'current',
    category: [concept(gableCodes, 'advance-document', 'Advance care document')],
    type: concept(gableCodes, 'advance-respect', 'ReSPECT form'),
    subject: grace,
    content: [{ attachment: { creation: day(-45), title: 'respect' } }],
    extension: [{ url: `${gableFhir}/kept-at`, valueString: 'In the hall, beside the telephone' }],
  } satisfies DocumentReference
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
