import { useLingui } from '@lingui/react/macro'
import type { LastViewed } from '#domain/plan/changes-since.ts'
import type { HouseRecord } from '#domain/plan/house/house.ts'
import type { HouseRoom, Who } from '#domain/plan/plan.ts'
import { useShownZone } from '#ui/text/shown-zone.ts'

/** Who reads about the versions of a plan, and where. */
export type VersionReader = Readonly<{
  house: HouseRecord
  /** root of the pages about versions: `/people/p-1/plan` or `/my/plan` */
  root: string
  /** the page of today’s plan */
  home: string
  titles: Readonly<Record<HouseRoom, string>>
  /** the reader’s own reference */
  me: string
  lastViewed: LastViewed
  isOwn: boolean
}>

/** The name of somebody in a plan, also where the record has only a reference. */
export function useNameOf({ house, me }: VersionReader): (who: Who | undefined) => string {
  const { t } = useLingui()
  return (who) => {
    if (!who) return t`Somebody`
    const known = house.team.find((each) => each.who.reference === who.reference)?.who.name
    const isPerson = who.reference === `Patient/${house.person}`
    const name = isPerson ? house.givenName : who.name || known || t`Somebody`
    return who.reference === me ? t`${name}, you` : name
  }
}

/** How the day of an instant, or a day, is said; the hour too if it is asked for. */
export function useMomentText(): (at: string, withHour?: boolean) => string {
  const { i18n } = useLingui()
  const zone = useShownZone()
  return (at, withHour = false) => {
    const isInstant = at.length > 10
    return i18n.date(new Date(isInstant ? at : `${at}T12:00:00Z`), {
      ...{ day: 'numeric', month: 'long', year: 'numeric' },
      ...(isInstant ? zone : { timeZone: 'UTC' }),
      ...(withHour && isInstant ? { hour: 'numeric', minute: '2-digit' } : {}),
    })
  }
}
