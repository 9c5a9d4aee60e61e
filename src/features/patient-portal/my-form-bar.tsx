import { Trans, useLingui } from '@lingui/react/macro'
import type { RecordForm } from '#client/forms/use-record-form.ts'
import { ConflictPanel } from '#ui/forms/conflict-panel.tsx'
import { Button } from '#ui/layout/button.tsx'
import { NotSaved } from './not-saved.tsx'

/** Save or leave; and if someone else changed the same text, choose. */
export function MyFormBar<T>({ editing, onDone }: { editing: RecordForm<T>; onDone: () => void }) {
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
        <Button pending={editing.pending} onClick={() => void finish(editing.save)}>
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
