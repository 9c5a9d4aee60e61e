export type FeedKind = 'admitted' | 'outpatient' | 'emergency-care' | 'claim'

/** Both have hundredths, in which costs are kept. Two currencies are never in one sum. */
export const feedCurrencies = ['GBP', 'USD', 'EUR'] as const
export type FeedCurrency = (typeof feedCurrencies)[number]

/** One line of activity and cost, as its sender says it. Days are `YYYY-MM-DD`. */
export type FeedLine = Readonly<{
  /** who sends these lines; a line is known by source, kind and number: a stay and an attendance may have the same */
  source: string
  line: string
  kind: FeedKind
  started: string
  ended?: string
  /** an emergency admission, by the admission method; false also where the sender does not say */
  emergency: boolean
  /** HRG, DRG or the like */
  code?: string
  provider?: string
  /** in hundredths; absent: not known. Negative only if it takes back another line */
  cost?: number
  currency?: FeedCurrency
  /** the day on which this version was received */
  received: string
  /** its sender took it back: kept so that an older file does not bring it again, and counted nowhere */
  cancelled: boolean
}>

/** Whose line it is: an NHS number that passes its check, or another number of a record here. */
export type FeedPerson = Readonly<
  ({ nhsNumber: string } | { number: string; system?: string }) & { born?: string }
>
