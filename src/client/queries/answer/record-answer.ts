import { noteChangeEvent } from '#client/fhir/change-events.ts'
import { fhir } from '#client/fhir/fhir-client.ts'
import { FhirError } from '#client/fhir/fhir-error.ts'
import { writtenNow } from '#client/queries/care-plan/plan.ts'
import type { Agreement } from '#domain/agreement/agreement.ts'
import { agreementToFhir } from '#domain/agreement/fhir.ts'

export type AnswerToRecord = Pick<
  Agreement,
  'id' | 'planId' | 'version' | 'yes' | 'notAgreed' | 'by' | 'how' | 'words'
> &
  Readonly<{
    /** of a signed paper, `YYYY-MM-DD` */
    signedOn?: string | undefined
  }>

/**
 * An answer that somebody gave on paper, aloud or for the person, recorded by the user. The server decides whether
 * everything is there. Rejects with `FhirError`. One that had arrived counts as recorded.
 */
export async function recordAnswerOf(person: string, answer: AnswerToRecord): Promise<void> {
  const { signedOn, ...said } = answer
  const { at } = writtenNow(person)
  const record = agreementToFhir({ ...said, at: signedOn ?? at }, person, at)
  try {
    await fhir.create(record)
  } catch (error) {
    const isRepeated = error instanceof FhirError && ['stale', 'forbidden'].includes(error.kind)
    const arrived = isRepeated ? await fhir.find('Provenance', answer.id) : undefined
    if (!arrived) throw error
  }
  await noteChangeEvent(['Provenance'])
}
