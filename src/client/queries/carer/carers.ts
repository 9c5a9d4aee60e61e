import { queryOptions } from '@tanstack/react-query'
import { clockToday } from '#client/clock.ts'
import { noteChangeEvent } from '#client/fhir/change-events.ts'
import { fhir } from '#client/fhir/fhir-client.ts'
import { saveTogether } from '#client/forms/save-record.ts'
import type { AccessLabel } from '#domain/access/labels/access-label.ts'
import { type CarerDetails, numberOf } from '#domain/carer/carer.ts'
import type { AssessmentAnswer } from '#domain/carer/carer-offer.ts'
import {
  addCarerAnswer,
  addCarerRequest,
  carerOfferAnswer,
  carerOfferRequest,
  carersAnswer,
  caringForAnswer,
  endCarerRequest,
  openCarerRecordAnswer,
  openCarerRecordRequest,
} from '#domain/carer/carers-answer.ts'
import { nhsNumberSystem } from '#domain/fhir/codes.ts'
import { withExtensions } from '#domain/fhir/references-and-extensions.ts'

const kinds = ['RelatedPerson', 'Consent', 'Communication', 'CareTeam', 'Patient']

/** The carers of a person, as this reader may know of them. */
export const carersQuery = (person: string) =>
  queryOptions({
    queryKey: ['carers', person],
    queryFn: async ({ signal }) =>
      carersAnswer.read(await fhir.operation(`Patient/${person}/$carers`, undefined, signal))
        .carers,
    meta: { kinds },
  })

/** Whom the signed-in person cares for. */
export const caringForQuery = (person: string) =>
  queryOptions({
    queryKey: ['caring-for', person],
    queryFn: async ({ signal }) =>
      caringForAnswer.read(await fhir.operation(`Patient/${person}/$caring-for`, undefined, signal))
        .roles,
    meta: { kinds: ['Consent', 'RelatedPerson'] },
  })

type Sees = Readonly<{ sees: readonly AccessLabel[] }>

/**
 * Adds a carer; what is shared counts at once if the person adds them, and waits for the person otherwise. True if they
 * were here before: then nothing was written.
 */
export async function addCarer(person: string, details: CarerDetails & Sees): Promise<boolean> {
  const { livesWith, ...rest } = details
  const said = { ...rest, ...(livesWith === undefined ? {} : { livesWith }) }
  const answer = await fhir.operation(`Patient/${person}/$add-carer`, addCarerRequest.write(said))
  await noteChangeEvent(kinds)
  return addCarerAnswer.read(answer).already
}

/** Ends the part of a carer: their access ends at once. */
export async function endCarer(person: string, carer: string, why: string): Promise<void> {
  await fhir.operation(`Patient/${person}/$end-carer`, endCarerRequest.write({ carer, why }))
  await noteChangeEvent(kinds)
}

type Said = Readonly<{ carer: string; answer: AssessmentAnswer | 'none'; words: string }>

/** Offers an assessment, or keeps what the carer said to it. True if the same stood there before. */
export async function offerAssessment(person: string, said: Said): Promise<boolean> {
  const answer = await fhir.operation(
    `Patient/${person}/$carer-offer`,
    carerOfferRequest.write(said),
  )
  await noteChangeEvent(kinds)
  return carerOfferAnswer.read(answer).already
}

/** Writes down the NHS number of a carer who had none: by it a record of their own can be opened. */
export async function saveCarerNumber(carer: string, value: string): Promise<void> {
  await saveTogether({
    edits: [
      {
        ...{ type: 'RelatedPerson', id: carer },
        onto: (current) =>
          current?.resourceType === 'RelatedPerson' && !numberOf(current, clockToday())
            ? {
                ...current,
                id: carer,
                identifier: [...(current.identifier ?? []), { system: nhsNumberSystem, value }],
              }
            : undefined,
      },
    ],
  })
  await noteChangeEvent(kinds)
}

/** Opens a record of their own for a carer who said yes; returns its id. */
export async function openCarerRecord(
  person: string,
  asked: Readonly<{ carer: string; agreed: string }>,
): Promise<string> {
  const answer = await fhir.operation(
    `Patient/${person}/$open-carer-record`,
    openCarerRecordRequest.write(asked),
  )
  await noteChangeEvent(kinds)
  return openCarerRecordAnswer.read(answer).record
}

/** What a carer does, and whether they live with the person, each if it is said; everything else of the carer stays. */
export async function saveWhatCarerDoes(
  carer: string,
  said: Readonly<{ does?: readonly string[]; livesWith?: boolean }>,
): Promise<void> {
  const { does, livesWith } = said
  await saveTogether({
    edits: [
      {
        ...{ type: 'RelatedPerson', id: carer },
        onto: (current) =>
          current?.resourceType === 'RelatedPerson'
            ? {
                ...current,
                id: carer,
                ...withExtensions(current, {
                  ...(does ? { 'carer-does': does.map((valueString) => ({ valueString })) } : {}),
                  ...(livesWith === undefined
                    ? {}
                    : { 'lives-with': [{ valueBoolean: livesWith }] }),
                }),
              }
            : undefined,
      },
    ],
  })
  await noteChangeEvent(kinds)
}
