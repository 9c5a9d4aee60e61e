import type { NeedKind } from './need-kind.ts'

/** Whose voice a sentence has: it decides how it is drawn, and whose agreement counts. */
export type Voice = 'person' | 'carer' | 'professional'

/** Someone who wrote, promised or agreed: a FHIR reference such as `Patient/p-1`, and the name to show. */
export type Who = Readonly<{ reference: string; name: string; voice: Voice }>

/** What somebody had said before another overwrote it: whose words they were, who had helped, and when. */
export type EarlierVersion = Readonly<{ words: string; by: Who; helper?: Who; at?: string }>

/** Who wrote the current text, and when (instant, ISO 8601). */
export type WrittenBy = Readonly<{ by: Who; at: string }>

/** What every record of the plan has: its id, the version that was read (absent before the first save), its writer, and whose own words it replaced. */
export type PlanRecord = Readonly<{
  id: string
  version?: string
  written?: WrittenBy
  earlier?: EarlierVersion
}>

/** One plan for one case. The version is what a person agrees to: every change of its content makes a new one. */
export type Plan = PlanRecord &
  Readonly<{
    person: string
    caseId: string
    goals: readonly string[]
    actions: readonly string[]
    needs: readonly string[]
    /** `YYYY-MM-DD` */
    reviewOn?: string
    ended: boolean
  }>

/** Something that worries the person or is needed, or a strength; unmet if nobody can provide it yet. */
export type Need = PlanRecord &
  Readonly<{
    person: string
    words: string
    /** absent: nobody said which */
    kind?: NeedKind
    unmet: boolean
    resolved: boolean
    askedOn?: string
    /** who said it, if that is recorded */
    saidBy?: Who
  }>

export type WhatIfLevel = 'green' | 'amber' | 'red'
export const whatIfLevels: readonly WhatIfLevel[] = ['green', 'amber', 'red']

/** Who said a line of the plan, who wrote it down for them, and when (instant). */
export type SaidBy = Readonly<{ by: Who; helper?: Who; at: string }>

/**
 * Warning signs, what to do then, and who to call by day and by night (text, may contain a telephone number). Without a
 * number for the night, `ring` counts at any hour.
 */
export type WhatIfStep = Readonly<{
  sign: string
  doWhat: string
  ring: string
  ringAtNight?: string
  said?: SaidBy
}>

/** One situation and what to do then, in one sentence: “If I fall and cannot get up: press the alarm”. */
export type SituationLine = Readonly<{
  id: string
  level: WhatIfLevel
  words: string
  said?: SaidBy
}>

/** Medicine or equipment that is kept ready in case things get worse. */
export type JustInCase = Readonly<{
  id: string
  sort: 'medicine' | 'equipment'
  what: string
  /** where it is kept */
  where: string
  /** who may give or use it */
  whoMay: string
  /** last day on which it may be used, `YYYY-MM-DD` */
  until?: string
  said?: SaidBy
}>

export const carerTasks = ['medicines', 'meals', 'night', 'pets', 'company', 'other'] as const
export type CarerTask = (typeof carerTasks)[number]

/** Something a carer does that somebody else has to do on the day when the carer is ill. Nobody can: `who` is absent. */
export type CarerIllStep = Readonly<{
  id: string
  task: CarerTask
  what: string
  who?: Who
  /** of somebody who has no record here */
  phone: string
  said?: SaidBy
}>

export type WhatIf = PlanRecord &
  Readonly<{
    person: string
    caseId: string
    green: WhatIfStep
    amber: WhatIfStep
    red: WhatIfStep
    situations?: readonly SituationLine[]
    justInCase?: readonly JustInCase[]
    carerIll?: readonly CarerIllStep[]
  }>

export const planIdFor = (caseId: string) => `plan-${caseId}`
export const whatIfIdFor = (caseId: string) => `whatif-${caseId}`

/** What happened to the plan: the activity of its Provenance. */
export type ChangeKind =
  | 'start-plan'
  | 'write-about-me'
  | 'write-need'
  | 'write-goal'
  | 'write-action'
  | 'write-what-if'
  | 'set-review'
  | 'undo'
  | 'set-limit'
  | 'hold-review'
  | 'answer-promise'
  | 'comment'

/** What became of a step or a goal: its words stay as they were agreed. */
export const howItGoesKinds = [
  ...(['finish-step', 'reopen-step', 'start-step', 'accept-step', 'decline-step'] as const),
  ...(['reach-goal', 'reopen-goal'] as const),
] as const
/** The same, and what ends or moves a part of the plan. */
export const progressKinds = [
  ...howItGoesKinds,
  ...(['stop-step', 'hand-on-step', 'stop-goal', 'settle-need', 'reopen-need'] as const),
  'remove-part',
] as const
export type ProgressKind = (typeof progressKinds)[number]

export type HouseRoom = 'me' | 'conversation' | 'team' | 'roof' | 'support'
export const houseRooms: readonly HouseRoom[] = ['roof', 'me', 'conversation', 'team', 'support']

/** One line of "since you last looked": who did what in which room, and to which record. */
export type PlanEvent = Readonly<{
  id: string
  kind:
    | ChangeKind
    | ProgressKind
    | ('agree' | 'agree-in-part' | 'disagree')
    | ('change-access' | 'change-home' | 'suggest' | 'decide')
    | ('offer-help' | 'answer-offer')
  room: HouseRoom
  by: Who
  at: string
  /** records it is about with their versions, e.g. `Goal/123/_history/2` */
  targets: readonly string[]
  /**
   * of a change of who sees the person: who gained and who lost access; of a change of the care home: what it was and is;
   * of a suggestion: what it would say, or what was
   * taken; of an answer: what was said with it
   */
  words?: string
  /** of an answer to a promise, to an offer or to a suggestion: what it was */
  answer?: EventAnswer
}>

export type EventAnswer =
  | ('happened' | 'did-not-happen')
  | ('taken-up' | 'declined' | 'helped' | 'helped-little' | 'not-helped' | 'stopped')
  | ('taken' | 'taken-changed' | 'not-taken')
