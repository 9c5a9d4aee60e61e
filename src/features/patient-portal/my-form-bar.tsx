import { Trans, useLingui } from '@lingui/react/macro'
import type { RecordForm } from '#client/forms/use-record-form.ts'
import { ConflictPanel } from '#ui/forms/conflict-panel.tsx'
import { focusFirstError } from '#ui/forms/focus-first-error.ts'
import { Button } from '#ui/layout/button.tsx'
import { NotSaved } from './not-saved.tsx'

/** Save or leave; and if someone else changed the same text, choose. */
export function MyFormBar<T>(props: {
  editing: RecordForm<T>
  onDone: () => void
  /** called before it is saved; false: a field says what is missing */
  isWhole?: () => boolean
}) {
  const { editing, onDone, isWhole = () => true } = props
  const { t } = useLingui()
  const { conflict } = editing
  const finish = async (work: () => Promise<boolean>) => {
    if (await work()) onDone()
  }
  if (conflict) {
    const [field] = conflict.fields
    return (
      <ConflictPanel
        mine={{ name: t`You`, text: String(field?.mine ?? '') }}
        theirs={{ name: conflict.byWhom?.by.name ?? '', text: String(field?.theirs ?? '') }}
        before={String(field?.base ?? '')}
        pending={editing.pending}
        onKeepMine={() => void finish(editing.keepMine)}
        onKeepTheirs={() => void finish(editing.keepTheirs)}
        onWriteBoth={editing.writeBoth}
      />
    )
  }
  return (
    <>
      <NotSaved problem={editing.problem} />
      <div className="my-yes-no">
        <Button
          pending={editing.pending}
          onClick={({ currentTarget }) =>
            isWhole()
              ? void finish(editing.save)
              : focusFirstError(currentTarget.closest('section'))
          }
        >
          <Trans>Save my words</Trans>
        </Button>
        <Button
          variant="outline"
          onClick={() => {
            editing.discard()
            onDone()
          }}
        >
          <Trans>Cancel</Trans>
        </Button>
      </div>
    </>
  )
}
