import { useLastViewed } from '#client/forms/last-viewed.ts'
import type { VersionReader } from '#features/parts/plan-versions/version-reader.ts'
import { useRoomLabels } from '#features/patient-portal/labels.ts'
import { useMyHouse } from '#features/patient-portal/use-my-house.ts'

/** The person, or their carer, who reads about the versions of the plan. */
export function useMyReader(): VersionReader {
  const mine = useMyHouse()
  const { house, me, isCarer } = mine
  return {
    ...{ house, root: '/my/plan', home: '/my', isOwn: !isCarer },
    me: me.reference,
    lastViewed: useLastViewed(house.person),
    titles: useRoomLabels(mine),
  }
}
