import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { AboutMeSectionName } from '#domain/plan/about-me.ts'
import type { HouseRoom } from '#domain/plan/plan.ts'

/** The titles of About me in the person’s own voice. */
export const mySectionWords: Readonly<Record<AboutMeSectionName, MessageDescriptor>> = {
  'most-important': msg`What matters most to me`,
  'people-important': msg`People who matter to me`,
  communicate: msg`How to talk with me`,
  wellness: msg`A good day and a bad day`,
  'please-do': msg`Please do, and please don’t`,
  support: msg`How and when to help me`,
  also: msg`Something else about me`,
}

/** The rooms of the house in the person’s own voice. */
export const myRoomWords: Readonly<Record<HouseRoom, MessageDescriptor>> = {
  roof: msg`Who looks after my plan`,
  me: msg`Me`,
  conversation: msg`What I want to do`,
  team: msg`My team`,
  support: msg`Help I get`,
}
