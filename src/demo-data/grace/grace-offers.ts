import type { Observation, ServiceRequest } from '@medplum/fhirtypes'
import type { SeedRecord } from '#demo-data/seed-record.ts'
import { at, concept, gableCodes, type Pointer, to } from '#demo-data/vocabulary/codes.ts'
import { amina, grace, tom } from './grace-people.ts'

type Offer = Readonly<{
  id: string
  kind: string
  what: string
  from: string
  goal: string
  by: Pointer
  on: string
}>

function offer({ id, kind, what, from, goal, by, on }: Offer): ServiceRequest & { id: string } {
  return {
    resourceType: 'ServiceRequest',
    id,
    status: 'active',
    intent: 'proposal',
    category: [concept(gableCodes, 'support-offer', 'Help offered')],
    code: { coding: [{ system: gableCodes, code: `support-${kind}` }], text: what },
    subject: grace,
    requester: by,
    authoredOn: at(on),
    performer: [{ display: from }],
    extension: [
      {
        url: 'http://hl7.org/fhir/StructureDefinition/resource-pertainsToGoal',
        valueReference: to('Goal', goal),
      },
    ],
  }
}

const word = (
  id: string,
  said: Readonly<{ offer: string; answer: string; words: string; on: string }>,
): Observation & { id: string } => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  code: concept(gableCodes, 'support-word', 'What the person says about help offered'),
  subject: grace,
  focus: [to('ServiceRequest', said.offer)],
  performer: [grace],
  effectiveDateTime: at(said.on),
  valueCodeableConcept: {
    coding: [{ system: gableCodes, code: `support-${said.answer}` }],
  },
  note: [{ text: said.words }],
})

/** Help that Grace was offered: she took one up and says what helped; the other waits for her answer. */
export function* graceOffers(day: (count: number) => string): Generator<SeedRecord> {
  yield offer({
    ...{
      id: 'offer-g1',
      kind: 'peer',
      what: 'Hearts together, a group for people with heart failure',
    },
    ...{ from: 'Brook community hall, every second Thursday at 2pm', goal: 'goal-g1' },
    ...{ by: tom, on: day(-30) },
  })
  yield word('offer-word-g1', {
    ...{ offer: 'offer-g1', answer: 'taken-up', on: day(-28) },
    words: 'Father Michael’s sister goes too.',
  })
  yield word('offer-word-g2', {
    ...{ offer: 'offer-g1', answer: 'helped', on: day(-9) },
    words: 'They rest on walks as well. I am not the only one who stops at the wall.',
  })
  yield offer({
    ...{ id: 'offer-g2', kind: 'equipment', what: 'A folding seat for walks' },
    ...{ from: 'On loan from the equipment store', goal: 'goal-g1' },
    ...{ by: amina, on: day(-4) },
  })
}
