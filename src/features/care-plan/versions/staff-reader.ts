import { useLingui } from '@lingui/react/macro'
import { useLastViewed } from '#client/forms/last-viewed.ts'
import { whoAmI } from '#client/session/who-am-i.ts'
import { roomLabels } from '#features/care-plan/labels.ts'
import { useHouse } from '#features/care-plan/use-house.ts'
import type { VersionReader } from '#features/parts/plan-versions/version-reader.ts'

/** The member of staff who reads about the versions of the plan in the address. */
export function useStaffReader(): VersionReader {
  const { i18n } = useLingui()
  const { house, root } = useHouse()
  return {
    ...{ house, root, home: root, isOwn: false },
    me: whoAmI(house.person).reference,
    lastViewed: useLastViewed(house.person),
    titles: {
      roof: i18n._(roomLabels.roof),
      me: i18n._(roomLabels.me),
      conversation: i18n._(roomLabels.conversation),
      team: i18n._(roomLabels.team),
      support: i18n._(roomLabels.support),
    },
  }
}
