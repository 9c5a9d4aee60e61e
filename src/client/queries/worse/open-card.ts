import type { Parameters } from '@medplum/fhirtypes'
import { FhirError, noAnswer } from '#client/fhir/fhir-error.ts'
import type { CardOpener } from '#domain/card/card-opening.ts'
import { cardOpeningRequest, openedCard } from '#domain/card/opened-card.ts'
import { isResource } from '#domain/fhir/checked-json.ts'
import type { In } from '#domain/fhir/parameters.ts'

export type OpenedCard = In<typeof openedCard>

type Said = Readonly<{ token: string; name: string; role: CardOpener | ''; why: string }>

/** Opens an emergency card by its link, for somebody who is not signed in. Nothing is kept. Rejects with `FhirError`. */
export async function openCardByLink(said: Said): Promise<OpenedCard> {
  const response = await fetch('/auth/emergency-card', {
    method: 'POST',
    headers: { 'Content-Type': 'application/fhir+json', Accept: 'application/fhir+json' },
    body: JSON.stringify(cardOpeningRequest.write(said)),
    cache: 'no-store',
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
  }).catch(noAnswer)
  const body: unknown = await response.json().catch(() => undefined)
  if (!isResource(body)) throw new FhirError({ kind: 'unreachable', status: response.status })
  if (!response.ok) throw new FhirError({ status: response.status })
  return openedCard.read(body as Parameters)
}
