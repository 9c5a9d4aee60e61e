import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import { carerRooms } from '#client/queries/care-plan/carer-rooms.ts'
import { planQueries } from '#client/queries/care-plan/plan.ts'
import { useSession } from '#client/session/session.ts'
import { WithheldWords } from '#features/parts/access/withheld-words.tsx'
import { BackToHouse } from '#features/parts/back-to-house.tsx'
import { PartTheyMaySee } from '#features/parts/part-they-may-see.tsx'
import { YearView } from '#features/parts/year/year-view.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'

/** The person’s own year as a picture; a carer sees it if the record was shared with them. */
export function MyYearPage() {
  const { t } = useLingui()
  const actor = useSession((session) => session.actor)
  const isOwn = actor?.person !== undefined
  const person = actor?.person ?? actor?.caresFor?.[0]?.person ?? ''
  const { data: house } = useSuspenseQuery(planQueries.house(person))
  const { data: shared } = useSuspenseQuery(carerRooms(person))
  const title = isOwn ? t`My year` : t`${house.givenName}’s year`
  return (
    <div className="my-page year">
      <title>{`${title} · Gable`}</title>
      <BackToHouse isOwn={isOwn} />
      <h1 tabIndex={-1}>{title}</h1>
      {!shared || shared.read.includes('record') ? (
        <PartTheyMaySee>
          <Suspense fallback={<Skeleton lines={8} />}>
            <YearView person={person} isOwn={isOwn} isTeam={false} />
            {isOwn ? (
              <WithheldWords house={house} />
            ) : (
              <p className="gable-meta">
                <Trans>Records that are not shown to you are not in the picture.</Trans>
              </p>
            )}
          </Suspense>
        </PartTheyMaySee>
      ) : (
        <p className="my-missing">
          <Trans>
            {house.givenName} has not shared this with you. You can ask {house.givenName}.
          </Trans>
        </p>
      )}
    </div>
  )
}
