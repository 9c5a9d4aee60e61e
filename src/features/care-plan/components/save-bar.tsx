import { Trans, useLingui } from '@lingui/react/macro'
import type { Editing } from '#client/forms/use-record-form.ts'
import { ConflictPanel } from '#ui/forms/conflict-panel.tsx'
import { Button } from '#ui/layout/button.tsx'
import { SaveProblemNote } from './save-problem-note.tsx'

/** Saving, leaving, and what to do when two people wrote the same words. */
export function SaveBar<T>(props: { editing: Editing<T>; onDone: () => void; canSave?: boolean }) {
  const { editing, onDone, canSave = true } = props
  const { conflict } = editing
  const { t } = useLingui()
  const finish = (work: () => Promise<boolean>) => async () => {
    if (await work()) onDone()
  }
  if (conflict) {
    const [field] = conflict.fields
    const text = (value: unknown) =>
      typeof value === 'object' ? Object.values(value ?? {}).join('\n') : String(value ?? '')
    return (
      <ConflictPanel
        mine={{ name: t`You`, text: text(field?.mine) }}
        theirs={{
          name: conflict.byWhom?.by.name ?? '',
          text: text(field?.theirs),
        }}
        before={text(field?.base)}
        pending={editing.pending}
        onKeepMine={() => void finish(editing.keepMine)()}
        onKeepTheirs={() => void finish(editing.keepTheirs)()}
        onWriteBoth={editing.writeBoth}
      />
    )
  }
  return (
    <>
      <SaveProblemNote problem={editing.problem} />
      <div className="gable-save-bar">
        <Button
          pending={editing.pending}
          disabled={!canSave}
          onClick={() => void finish(editing.save)()}
        >
          <Trans>Save</Trans>
        </Button>
        <Button
          variant="link"
          onClick={() => {
            editing.discard()
            onDone()
          }}
        >
          <Trans>Leave it as it was</Trans>
        </Button>
        {editing.isDraft ? (
          <span className="gable-meta">
            <Trans>Draft kept on this device</Trans>
          </span>
        ) : null}
      </div>
    </>
  )
}
