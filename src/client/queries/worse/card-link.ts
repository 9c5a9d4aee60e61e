import { queryOptions } from '@tanstack/react-query'
import { fhir } from '#client/fhir/fhir-client.ts'
import { queryClient } from '#client/fhir/query-client.ts'
import { type CardLinkAct, cardLinkAnswer, cardLinkRequest } from '#domain/card/card-link.ts'
import type { In } from '#domain/fhir/parameters.ts'

/** Whether somebody’s emergency card has a link, and until when it works. Never the link itself. */
export const cardLinkQuery = (person: string) =>
  queryOptions({
    queryKey: ['card-link', person],
    queryFn: async ({ signal }): Promise<CardLinkFacts> => {
      const answer = await fhir.operation(`Patient/${person}/$card-link`, undefined, signal)
      return cardLinkAnswer.read(answer)
    },
    meta: { kinds: [] },
    retry: false,
  })

export type CardLinkFacts = In<typeof cardLinkAnswer>

/** Makes, renews or stops the link; returns the address of a new one, which is shown once. */
export async function setCardLink(
  person: string,
  act: CardLinkAct,
  agreed: string,
): Promise<string | undefined> {
  const request = cardLinkRequest.write({ act, agreed })
  const { token, ...facts } = cardLinkAnswer.read(
    await fhir.operation(`Patient/${person}/$set-card-link`, request),
  )
  queryClient.setQueryData(cardLinkQuery(person).queryKey, facts)
  return token ? `${location.origin}/card#${token}` : undefined
}
