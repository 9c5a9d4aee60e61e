import { graceId } from '#demo-data/identities.ts'
import { gableUrl } from '#domain/fhir/codes.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { storedTypes } from '#server/fhir/stored-types.ts'
import { isAboutPeople, recordOwnerOf } from '#server/store/access/record-owner.ts'
import { grace, share } from '#test-support/worlds/grace-records.ts'
import { type Label, labels } from './access-expected.ts'
import { pointing, sampleId } from './access-links.ts'

type Sample = Readonly<{
  type: string
  id: string
  label: Label
  record: ResourceWithId
}>

const security: Readonly<Record<Label, readonly object[]>> = (() => {
  const between = { system: 'https://gable.example/codes', code: 'professional-only' }
  const restricted = {
    system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality',
    code: 'R',
  }
  return { open: [], between: [between], restricted: [restricted], sealed: [between, restricted] }
})()

/** The label of a record in its meta; nothing if it is open. */
export const securityOf = (label: Label): object =>
  security[label].length > 0 ? { meta: { security: security[label] } } : {}

/** Ways in which a type may say whose record it is; the first that works is used. */
const waysToBelong: readonly object[] = [
  ...['subject', 'patient', 'for', 'beneficiary', 'individual', 'candidate', 'deliverTo'].map(
    (key) => ({ [key]: grace }),
  ),
  { participant: [{ actor: grace }] },
  { actor: grace },
  { link: [{ target: grace }] },
  { target: [grace] },
]

const status = { status: 'active', code: { text: 'x' } }

function belonging(type: string): object | undefined {
  return waysToBelong.find(
    (way) => recordOwnerOf({ resourceType: type, id: 'x', ...way }) === graceId,
  )
}

const types = storedTypes.filter((type) => type !== 'Patient' && isAboutPeople(type))

/** Types that are never about one person alone. */
export const ofSeveral: readonly string[] = types.filter((type) => !belonging(type))

/** Types that the app itself writes: tested on every path; the others on the main ones. */
export const usedTypes: readonly string[] = [
  ...['CarePlan', 'CareTeam', 'Communication', 'Condition', 'Consent', 'EpisodeOfCare', 'Flag'],
  ...['Goal', 'Observation', 'Provenance', 'QuestionnaireResponse', 'RelatedPerson'],
  ...['RiskAssessment', 'ServiceRequest', 'Task'],
]

/** Types that hold records of a person, one of each label. */
export const personTypes: readonly string[] = types.filter((type) => belonging(type))

export const samples: readonly Sample[] = personTypes.flatMap((type) =>
  labels.map((label) => {
    const id = sampleId(type, label)
    const own = { resourceType: type, id, ...securityOf(label), ...status, ...belonging(type) }
    const record = { ...own, identifier: [{ system: 'urn:sample', value: id }], ...pointing(type) }
    return { type, id, label, record: record as unknown as ResourceWithId }
  }),
)

const member = (id: string, end?: string) => ({
  member: { reference: `Practitioner/${id}` },
  ...(end ? { period: { end } } : {}),
})

const reached: readonly ResourceWithId[] = [
  {
    resourceType: 'Patient',
    id: graceId,
    birthDate: '1934-01-04',
    identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9991001018' }],
    generalPractitioner: [{ reference: 'Organization/brook-surgery' }],
  },
  {
    resourceType: 'CareTeam',
    id: 'team-of-grace',
    status: 'active',
    subject: grace,
    participant: [member('amina-yusuf'), member('karen-lee', '2026-03-01')],
  },
  {
    ...{ resourceType: 'Task', id: 'task-of-tom', status: 'accepted', intent: 'order' },
    for: grace,
    owner: { reference: 'Practitioner/tom-price' },
  },
]

const isPartner = [{ url: gableUrl('partner-since'), valueDate: '2024-01-01' }]

/** Grace’s record, with the people around her; her carer has access to it for this one day. */
export const world: readonly ResourceWithId[] = [
  {
    ...{ resourceType: 'Organization', id: 'brook-surgery', active: true },
    identifier: [{ system: 'https://fhir.nhs.uk/Id/ods-organization-code', value: 'A1' }],
    extension: isPartner,
  },
  ...['riverside-council', 'st-annes-hospital'].map(
    (id): ResourceWithId => ({
      ...{ resourceType: 'Organization', id, active: true },
      extension: isPartner,
    }),
  ),
  ...reached,
  share(['me', 'roof', 'conversation'], ['read', 'write'], '2026-03-02'),
  ...samples.map((each) => each.record),
]

/** What somebody without a relation sends to open Grace’s record in an emergency. */
export const breakGlassRequest = (reason: string, words: string) => ({
  resourceType: 'Parameters',
  parameter: [
    { name: 'nhsNumber', valueString: '9991001018' },
    { name: 'birthDate', valueDate: '1934-01-04' },
    { name: 'reason', valueCode: reason },
    { name: 'words', valueString: words },
  ],
})

export const breakTheGlass = breakGlassRequest('emergency', 'Found unconscious')
