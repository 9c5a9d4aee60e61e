import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useAsyncAction } from '#client/forms/use-async-action.ts'
import { addLibrary } from '#client/queries/admin/licences.ts'
import { Notice } from '#ui/feedback/notice.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { Button } from '#ui/layout/button.tsx'
import { Card } from '#ui/layout/card.tsx'

/** Whether the assessments that need no licence are here, and the button that adds them. */
export function AddLibraryCard({ missing, all }: Readonly<{ missing: number; all: number }>) {
  const { t } = useLingui()
  const work = useAsyncAction()
  const add = async () => {
    if (await work.run(addLibrary)) toast(t`Added`)
  }
  return (
    <Card title={t`Assessments that need no licence`}>
      {missing === 0 ? (
        <p>
          <Trans>All {all} that come with Gable are here.</Trans>
        </p>
      ) : (
        <>
          <p>
            <Plural
              value={missing}
              one="# that comes with Gable is not here yet."
              other="# that come with Gable are not here yet."
            />
          </p>
          {work.failure ? (
            <Notice tone="danger" title={<Trans>Not added</Trans>}>
              <Trans>We could not add them. Try again.</Trans>
            </Notice>
          ) : null}
          <Button pending={work.pending} onClick={add}>
            <Trans>Add them</Trans>
          </Button>
        </>
      )}
    </Card>
  )
}
