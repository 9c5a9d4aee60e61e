import { resourceTypes } from './search-parameters.ts'

/** Messages of the API itself, and the audit log, which has its own query: none of them is a record. */
const neverKept = ['AuditEvent', 'Bundle', 'OperationOutcome', 'Parameters']

/** Definitions and catalogues: they cannot name anybody who is cared for, and nothing here reads them. */
const notOfCare =
  /^(CatalogEntry|CompartmentDefinition|ConceptMap|Evidence.*|.+EvidenceSynthesis|ExampleScenario|GraphDefinition|ImplementationGuide|InsurancePlan|MedicationKnowledge|Medicinal.+|MessageDefinition|NamingSystem|Organization.+|(ChargeItem|Device|Event|Observation|Operation|Research|ResearchElement|Specimen|Structure)Definition|ResearchStudy|SearchParameter|StructureMap|Subscription.*|Substance.+|TerminologyCapabilities|Test.+)$/

/** The types of FHIR R4 that are stored, searched and changed here. */
export const storedTypes: readonly string[] = resourceTypes.filter(
  (type) => !neverKept.includes(type) && !notOfCare.test(type),
)

const names = new Set(storedTypes)

export function isStoredType(type: string): boolean {
  return names.has(type)
}
