import type { Parameters } from '@medplum/fhirtypes'
import { queryOptions } from '@tanstack/react-query'
import { noteChangeEvent } from '#client/fhir/change-events.ts'
import { fhir } from '#client/fhir/fhir-client.ts'
import { FhirError } from '#client/fhir/fhir-error.ts'
import type { Programme } from '#domain/programme/programme.ts'
import { programmeEntryFromFhir } from '#domain/programme/programme-entry-fhir.ts'
import { programmeFromFhir } from '#domain/programme/programme-fhir.ts'
import {
  personProgrammes,
  programmePeople,
  programmeStepRequest,
  programmesParameters,
  type StepRequest,
  saveProgrammeRequest,
} from '#domain/programme/programme-parameters.ts'

const kinds = ['PlanDefinition', 'RequestGroup']
const facts = ['Communication', 'QuestionnaireResponse', 'Provenance', 'Task', 'Consent', 'Patient']

/** The programmes, and how many people are in each. */
export const programmesQuery = (identity: string) =>
  queryOptions({
    queryKey: ['programmes', identity],
    queryFn: async ({ signal }) => {
      const { programmes, mayAdd } = programmesParameters.read(
        await fhir.operation('PlanDefinition/$programmes', undefined, signal),
      )
      return {
        mayAdd,
        programmes: programmes.flatMap(({ definition, ...rest }) => {
          const programme = definition && programmeFromFhir(definition)
          return programme ? [{ programme, ...rest }] : []
        }),
      }
    },
    meta: { kinds: [...kinds, ...facts] },
  })

/** Who is or was in a programme. */
export const programmePeopleQuery = (id: string) =>
  queryOptions({
    queryKey: ['programme-people', id],
    queryFn: async ({ signal }) =>
      programmePeople
        .read(await fhir.operation(`PlanDefinition/${id}/$programme-people`, undefined, signal))
        .people.flatMap(({ entry: group, ...who }) => {
          const entry = group && programmeEntryFromFhir(group)
          return entry ? [{ ...who, entry }] : []
        }),
    meta: { kinds: [...kinds, ...facts] },
  })

/** What a person was invited to or is in, and for professionals what could come. */
export const personProgrammesQuery = (person: string) =>
  queryOptions({
    queryKey: ['person-programmes', person],
    queryFn: async ({ signal }) => {
      const { entries, programmes, leftOut, inUse } = personProgrammes.read(
        await fhir.operation(`Patient/${person}/$person-programmes`, undefined, signal),
      )
      return {
        ...{ leftOut, inUse },
        entries: entries.flatMap(({ entry: group, definition, fidelity, ...rest }) => {
          const entry = group && programmeEntryFromFhir(group)
          const programme = definition && programmeFromFhir(definition)
          return entry ? [{ entry, programme, fidelity, ...rest }] : []
        }),
        programmes: programmes.flatMap(({ definition, ...rest }) => {
          const programme = definition && programmeFromFhir(definition)
          return programme ? [{ programme, ...rest }] : []
        }),
      }
    },
    meta: { kinds: [...kinds, ...facts] },
  })

/** What somebody else wrote meanwhile is read, so that the next try follows it. */
async function sent(path: string, asked: Parameters, kind: string): Promise<void> {
  try {
    await fhir.operation(path, asked)
  } catch (error) {
    if (error instanceof FhirError && error.status === 409) await noteChangeEvent([kind])
    throw error
  }
  await noteChangeEvent([kind])
}

/** Adds the next step of a person’s way through a programme. */
export async function addProgrammeStep(person: string, step: StepRequest): Promise<void> {
  const path = `Patient/${person}/$programme-step`
  await sent(path, programmeStepRequest.write(step), 'RequestGroup')
}

/** Saves a new programme (version 0), or the next version of one. */
export async function saveProgramme(programme: Programme): Promise<void> {
  const path = 'PlanDefinition/$save-programme'
  await sent(path, saveProgrammeRequest.write(programme), 'PlanDefinition')
}
