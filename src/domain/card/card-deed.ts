import { type CardLinkAct, cardLinkActs } from './card-link.ts'

type CardDeed = Readonly<{ act: CardLinkAct; until?: string; agreed: string }>

/** What was done to a card, as the audit log keeps it: `new until 2027-11-30: She said yes`. */
export const cardDeedText = ({ act, until, agreed }: CardDeed): string =>
  [[act, until ? `until ${until}` : ''].filter(Boolean).join(' '), agreed]
    .filter(Boolean)
    .join(': ')

/** Also of an entry of before the day was kept. */
export function cardDeedIn(text: string): Omit<CardDeed, 'agreed'> | undefined {
  const [, word, until] = /^([a-z]+)(?: until (\d{4}-\d\d-\d\d))?(?::|$)/.exec(text) ?? []
  const act = cardLinkActs.find((each) => each === word)
  return act && { act, ...(until ? { until } : {}) }
}
