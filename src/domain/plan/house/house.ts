import type { Agreement } from '#domain/agreement/agreement.ts'
import type { ServiceHours } from '#domain/contact/service-hours.ts'
import type { Action, Goal } from '#domain/goal/goal.ts'
import type { AttainmentScore } from '#domain/goal/said/attainment-score.ts'
import type { Rating } from '#domain/goal/said/rating.ts'
import type { TopGoal } from '#domain/goal/said/top-goal.ts'
import type { CareHome } from '#domain/home/care-home.ts'
import type { AboutMe } from '#domain/plan/about-me.ts'
import type { Comment } from '#domain/plan/comment.ts'
import type { Aftercare } from '#domain/plan/crisis/aftercare.ts'
import type { CrisisPlan } from '#domain/plan/crisis/crisis-plan.ts'
import type { EasyRead } from '#domain/plan/easy-read/easy-read.ts'
import type { OtherPlan } from '#domain/plan/living-plan.ts'
import type { Need, Plan, PlanEvent, WhatIf, Who } from '#domain/plan/plan.ts'
import type { CarerIllness } from '#domain/plan/worse/carer-ill.ts'
import type { DayColour } from '#domain/plan/worse/day-colour.ts'
import type { Wish, WishDocument } from '#domain/plan/worse/wishes.ts'
import type { SuggestedChange } from '#domain/suggestion/suggested-change.ts'
import type { SupportOffer } from '#domain/support/offer.ts'
import type { SuggestedItem } from '#domain/template/suggested-item.ts'

/** The case a plan belongs to. */
export type CaseOfPlan = Readonly<{
  id: string
  coordinator?: Who
  /** `YYYY-MM-DD` */
  since?: string
}>

/** Somebody in the care team, with their part and how to reach them. */
export type HouseTeamMember = Readonly<{
  who: Who
  role: string
  phone: string
  /** id of the team */
  team?: string
}>

/** Something arranged: home care, a lunch club, an alarm. */
export type Support = Readonly<{ id: string; title: string; note: string; since?: string }>

/** Everything in one person's house, for one reader. */
export type HouseRecord = Readonly<{
  person: string
  /** what the person is called */
  name: string
  givenName: string
  /** BCP 47, as their record says it; absent: not recorded */
  preferredLanguage?: string
  /** day or instant of death, `true` if it is not known; absent: living */
  died?: string | true
  caseOfPlan: CaseOfPlan | undefined
  /** the care home in which the person lives */
  home: CareHome | undefined
  /** when the practice or team answers its own telephone; absent: not recorded */
  hours?: ServiceHours
  /** the current plan; the house is drawn from it */
  plan: Plan | undefined
  otherPlans: readonly OtherPlan[]
  aboutMe: readonly AboutMe[]
  needs: readonly Need[]
  goals: readonly Goal[]
  actions: readonly Action[]
  whatIf: WhatIf | undefined
  /** in the same record; without lines if there is none */
  crisis: CrisisPlan | undefined
  /** what each of them last said about how things are today */
  colours: readonly DayColour[]
  /** what the person says ahead about care at the end of life, and which signed documents there are */
  wishes: readonly Wish[]
  wishDocuments: readonly WishDocument[]
  /** a right to aftercare after a stay in a mental health hospital; restricted to named professionals */
  aftercare: Aftercare | undefined
  /** days on which a carer was ill, and what that set off */
  illnesses: readonly CarerIllness[]
  team: readonly HouseTeamMember[]
  support: readonly Support[]
  /** help for looking after oneself that was offered, the latest first */
  offers: readonly SupportOffer[]
  agreements: readonly Agreement[]
  events: readonly PlanEvent[]
  comments: readonly Comment[]
  /** other words that somebody suggests for a sentence, and what was decided */
  suggestedChanges: readonly SuggestedChange[]
  easyReads: readonly EasyRead[]
  /** why goals matter, in the words of others than the person */
  reasons: readonly Comment[]
  ratings: readonly Rating[]
  /** of rounds that everybody may see, and the reader’s own */
  scores: readonly AttainmentScore[]
  topGoals: readonly TopGoal[]
  /** what templates suggest for this person, and what was chosen */
  suggestedItems: readonly SuggestedItem[]
}>

export const openGoals = (house: HouseRecord) =>
  house.goals.filter((goal) => goal.state === 'active' || goal.state === 'proposed')
/** Goals that were reached or stopped: they stay in view as history. */
export const endedGoals = (house: HouseRecord) =>
  house.goals.filter((goal) => goal.state === 'reached' || goal.state === 'stopped')
/** Needs and worries: a strength is none. */
export const openNeeds = (house: HouseRecord) =>
  house.needs.filter((need) => !need.resolved && need.kind !== 'strength')
export const strengths = (house: HouseRecord) =>
  house.needs.filter((need) => !need.resolved && need.kind === 'strength')
export const unmetNeeds = (house: HouseRecord) => openNeeds(house).filter((need) => need.unmet)

/** Comments about one record, in the order they were made. `about`: for example `Goal/123`. */
export function commentsAbout(house: HouseRecord, about: string): readonly Comment[] {
  return house.comments
    .filter((comment) => comment.about === about)
    .toSorted((one, other) => one.written.at.localeCompare(other.written.at))
}
