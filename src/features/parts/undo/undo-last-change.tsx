import { Trans } from '@lingui/react/macro'
import { useAsyncAction } from '#client/forms/use-async-action.ts'
import { useOffline } from '#client/offline/use-offline.ts'
import { undoLastChange } from '#client/queries/versions/undo-change.ts'
import { Button } from '#ui/layout/button.tsx'

type UndoProps = Readonly<{
  person: string
  planId: string | undefined
  /** `Goal/1` */
  record: string
}>

/** For the author of the last change of a record, in a list of changes. */
export function UndoLastChange(props: UndoProps) {
  const { pending, failure, run } = useAsyncAction()
  const isAway = useOffline((state) => state.isAway)
  // what it said before is only on the server
  if (isAway)
    return (
      <p className="gable-meta">
        <Trans>You can undo your change when you are connected again.</Trans>
      </p>
    )
  return (
    <>
      <Button
        variant="link"
        pending={pending}
        onClick={() => void run(async () => await undoLastChange(props))}
      >
        <Trans>Undo my change</Trans>
      </Button>
      {failure ? (
        <p role="alert">
          <Trans>This was not undone. Somebody may have changed it since. Please look again.</Trans>
        </p>
      ) : null}
    </>
  )
}
