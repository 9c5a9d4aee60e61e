import type { Provenance } from '@medplum/fhirtypes'
import { noteChangeEvent } from '#client/fhir/change-events.ts'
import { fhir } from '#client/fhir/fhir-client.ts'
import { FhirError } from '#client/fhir/fhir-error.ts'
import type { NotAgreed } from '#domain/agreement/agreement.ts'
import { agreementFromFhir, agreementToFhir } from '#domain/agreement/fhir.ts'
import type { Plan } from '#domain/plan/plan.ts'
import { writtenNow } from './plan.ts'

/** The plan changed while its reader was deciding: the new text is shown before the answer. */
export class PlanMovedOn extends Error {
  override name = 'PlanMovedOn'
}

/** A retry of an answer that had arrived, which nobody may write again; another one under its id is not taken for it. */
async function hasArrived(answer: Provenance & { id: string }): Promise<boolean> {
  const said = (each: Provenance) => {
    const { yes, words, version, notAgreed = [] } = agreementFromFhir(each) ?? {}
    return JSON.stringify([yes, words, version, notAgreed.map((part) => [part.record, part.words])])
  }
  const kept = await fhir.find('Provenance', answer.id)
  return kept !== undefined && said(answer) === said(kept)
}

/**
 * The signed-in user's agreement to, or refusal of, the exact version on screen. Rejects with `PlanMovedOn` if that is
 * no longer the current version. The server refuses an answer in someone else's name.
 */
export async function answerAgreement(
  plan: Plan,
  answer: Readonly<{
    id: string
    yes: boolean
    words: string
    notAgreed?: readonly NotAgreed[] | undefined
  }>,
): Promise<void> {
  const { version } = plan
  if (!version) throw new PlanMovedOn()
  const standing = await fhir.read('CarePlan', plan.id)
  if (standing.meta?.versionId !== version) {
    await noteChangeEvent(['CarePlan'])
    throw new PlanMovedOn()
  }
  const { by, at } = writtenNow(plan.person)
  const { notAgreed = [], ...said } = answer
  const facts = { ...said, notAgreed, planId: plan.id, version, by, at }
  const agreement = agreementToFhir(facts, plan.person)
  await send(agreement)
  await noteChangeEvent(['Provenance'])
}

async function send(agreement: Provenance & { id: string }): Promise<void> {
  try {
    await fhir.create(agreement)
  } catch (error) {
    if (!(error instanceof FhirError)) throw error
    if (error.status === 409) {
      await noteChangeEvent(['CarePlan'])
      throw new PlanMovedOn()
    }
    const mayBeRetry = error.kind === 'stale' || error.kind === 'forbidden'
    if (!mayBeRetry || !(await hasArrived(agreement))) throw error
  }
}
