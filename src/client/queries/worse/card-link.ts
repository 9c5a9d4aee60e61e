import { queryOptions } from '@tanstack/react-query'
import { fhir } from '#client/fhir/fhir-client.ts'
import { queryClient } from '#client/fhir/query-client.ts'
import { isRemote } from '#client/session/session.ts'
import {
  type CardLinkAct,
  type CardUse,
  cardLinkAnswer,
  cardLinkRequest,
} from '#domain/card/card-link.ts'
import type { In } from '#domain/fhir/parameters.ts'

/** Somebody’s emergency cards: for what, until when, how often opened. Never a link itself. */
export const cardLinkQuery = (person: string) =>
  queryOptions({
    queryKey: ['card-link', person],
    queryFn: async ({ signal }): Promise<readonly CardFacts[]> => {
      const answer = await fhir.operation(`Patient/${person}/$card-link`, undefined, signal)
      return cardLinkAnswer.read(answer).cards
    },
    meta: { kinds: [] },
    retry: false,
  })

export type CardFacts = In<typeof cardLinkAnswer>['cards'][number]

type Wanted = Readonly<{
  act: CardLinkAct
  agreed: string
  card?: string
  use?: CardUse
  illnesses?: boolean
  matters?: boolean
}>

/** Makes, replaces, renews or ends a card; returns the address of a new link, which is shown once. */
export async function setCardLink(
  person: string,
  { act, agreed, card = '', use = 'other', illnesses = false, matters = false }: Wanted,
): Promise<string | undefined> {
  const request = cardLinkRequest.write({
    ...{ act, agreed, card, use, illnesses, matters, paper: !isRemote() },
  })
  const { token, cards } = cardLinkAnswer.read(
    await fhir.operation(`Patient/${person}/$set-card-link`, request),
  )
  queryClient.setQueryData(cardLinkQuery(person).queryKey, cards)
  return token ? `${location.origin}/card#${token}` : undefined
}
