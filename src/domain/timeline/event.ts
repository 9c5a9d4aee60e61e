/** One event in a person’s life according to the record. */

export const storyKinds = [
  'condition',
  'need',
  'contact',
  'admission',
  'medicine',
  'procedure',
  'immunisation',
  'allergy',
  'assessment',
  'plan',
  'agreement',
  'referral',
  'service',
  'reading',
  'report',
  'life',
] as const

export type StoryKind = (typeof storyKinds)[number]

/** What was recorded: text if the record has it, otherwise the bare code; `none` if it has neither. */
export type NamedThing =
  | Readonly<{ as: 'words'; text: string }>
  | Readonly<{ as: 'code'; code: string; system?: string }>
  | Readonly<{ as: 'none' }>

/** What the event says about its subject: a screen chooses the words. */
export type StoryAct =
  | 'began'
  | 'ended'
  | 'happened'
  | 'recorded'
  | 'admitted'
  | 'discharged'
  | 'seen'
  | 'rang'
  | 'not-reached'
  | 'reviewed'
  | 'prescribed'
  | 'stopped'
  | 'given'
  | 'not-given'
  | 'completed'
  | 'agreed'
  | 'agreed-in-part'
  | 'disagreed'
  | 'sent'
  | 'arranged'
  | 'offered'
  | 'asked-for'
  | 'measured'
  | 'born'
  | 'died'

export type StoryEvent = Readonly<{
  id: string
  kind: StoryKind
  act: StoryAct
  /** FHIR date, as exact as the record is: `YYYY`, `YYYY-MM`, `YYYY-MM-DD` or an instant; undefined if it has none */
  at?: string
  until?: string
  named: NamedThing
  /** a short extra: the value of a reading, the reason of an admission, who did it */
  detail?: string
  /** the record behind it, `Type/id` */
  source: string
}>

/** The year of an event; undefined for an event without a date. */
export function yearOf(event: StoryEvent): string | undefined {
  return event.at?.slice(0, 4)
}
