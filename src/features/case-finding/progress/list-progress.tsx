import { Trans } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type FoundPeople, leftToWorkOutQuery } from '#client/queries/monitoring/find-people.ts'
import { WorkingOut } from '#features/parts/find/working-out.tsx'
import { Notice } from '#ui/feedback/notice.tsx'
import { Button } from '#ui/layout/button.tsx'

type Progress = Readonly<{
  /** the list whose order is held */
  data: Pick<FoundPeople, 'notWorkedOut' | 'stepsLeft'>
  /** when it was loaded */
  listedAt: number
  isStopped: boolean
  setStopped: (isStopped: boolean) => void
  /** loads the list in its new order */
  show: () => void
  isLoading: boolean
}>

/** Works the lists out while the one on screen stays as it is, and offers the new order once that is done. */
export function ListProgress({ data, listedAt, isStopped, setStopped, show, isLoading }: Progress) {
  const loaded = { people: data.notWorkedOut ?? 0, steps: data.stepsLeft ?? 0 }
  const [known, setKnown] = useState(loaded)
  const { data: asked, isError } = useQuery({
    ...leftToWorkOutQuery(listedAt, isStopped),
    enabled: loaded.people > 0,
  })
  const left = loaded.people === 0 ? loaded : (asked ?? known)
  if (left !== known && (left.people !== known.people || left.steps !== known.steps)) setKnown(left)
  if (left.people > 0)
    return <WorkingOut {...{ left, isStopped, setStopped }} isWaiting={isError} />
  return (
    <Notice
      tone="info"
      title={<Trans>This list is worked out</Trans>}
      actions={
        <Button variant="outline" pending={isLoading} onClick={show}>
          <Trans>Show the new order</Trans>
        </Button>
      }
    >
      <p>
        <Trans>
          The people below are still where they were. Their order and the counts may be different
          now.
        </Trans>
      </p>
    </Notice>
  )
}
