import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { CardUse } from '#domain/card/card-link.ts'

/** Where a card is kept. */
export const cardUseLabels: Readonly<Record<CardUse, MessageDescriptor>> = {
  wallet: msg`In a wallet or purse`,
  phone: msg`On a phone`,
  home: msg`At home, on the fridge or by the door`,
  bag: msg`On a bag, walker or wheelchair`,
  helper: msg`With someone who helps`,
  other: msg`Somewhere else`,
}
