import { useLingui } from '@lingui/react/macro'
import type { AboutMeSectionName } from '#domain/plan/about-me.ts'
import type { HouseRoom } from '#domain/plan/plan.ts'
import { mySectionWords } from '#features/parts/answer/section-words.ts'

type Reader = Readonly<{ isCarer: boolean; house: Readonly<{ givenName: string }> }>
type Titles = Readonly<Record<HouseRoom, string>>

/** The rooms in the person's own words; a carer reads whose they are. */
export function useRoomLabels(reader: Reader): Titles {
  const { t } = useLingui()
  const { isCarer, house } = reader
  const { givenName } = house
  if (isCarer)
    return {
      roof: t`Who looks after the plan`,
      me: t`About ${givenName}`,
      conversation: t`What ${givenName} wants to do`,
      team: t`${givenName}’s team`,
      support: t`Help ${givenName} gets`,
    }
  return {
    roof: t`Who looks after my plan`,
    me: t`Me`,
    conversation: t`What I want to do`,
    team: t`My team`,
    support: t`Help I get`,
  }
}

/** The titles of About me: in the first person for the person, about them for a carer. */
export function useSectionLabels(reader: Reader): (section: AboutMeSectionName) => string {
  const { t, i18n } = useLingui()
  const name = reader.house.givenName
  const forCarer: Readonly<Record<AboutMeSectionName, string>> = {
    'most-important': t`What matters most to ${name}`,
    'people-important': t`People who matter to ${name}`,
    communicate: t`How to talk with ${name}`,
    wellness: t`A good day and a bad day`,
    'please-do': t`Please do, and please don’t`,
    support: t`How and when to help ${name}`,
    also: t`Something else about ${name}`,
  }
  return (section) => (reader.isCarer ? forCarer[section] : i18n._(mySectionWords[section]))
}
