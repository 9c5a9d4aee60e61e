import { Trans, useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import type { RecordForm } from '#client/forms/use-record-form.ts'
import { ConflictPanel } from '#ui/forms/conflict-panel.tsx'
import { SaveOrCancel } from './save-or-cancel.tsx'

/** How one side of a conflicting field reads. */
function inWords(value: unknown, nameOf: (id: string) => string): string {
  if (Array.isArray(value))
    return value
      .map((each) => (typeof each === 'string' ? nameOf(each) : inWords(each, nameOf)))
      .join('\n')
  if (typeof value !== 'object' || value === null) return String(value ?? '')
  return 'voice' in value && 'name' in value ? String(value.name) : Object.values(value).join('\n')
}

/** Saving, leaving, and what to do when two people changed the same text. `nameOf`: the name of a listed record. */
export function SaveBar<T>(props: {
  editing: RecordForm<T>
  onDone: () => void
  /** called before it is saved; false: a field says what is missing */
  isWhole?: () => boolean
  nameOf?: (id: string) => string
  /** what saving is called here */
  save?: ReactNode
}) {
  const { editing, onDone, isWhole = () => true, nameOf = (id) => id, save } = props
  const { conflict } = editing
  const { t } = useLingui()
  const finish = (work: () => Promise<boolean>) => async () => {
    if (await work()) onDone()
  }
  if (conflict) {
    const text = (of: 'mine' | 'theirs' | 'base') =>
      conflict.fields
        .map((each) => inWords(each[of], nameOf))
        .join('\n')
        .trim() || t`Nothing`
    return (
      <ConflictPanel
        mine={{ name: t`You`, text: text('mine') }}
        theirs={{
          name: conflict.byWhom?.by.name ?? '',
          text: text('theirs'),
        }}
        before={text('base')}
        pending={editing.pending}
        onKeepMine={() => void finish(editing.keepMine)()}
        onKeepTheirs={() => void finish(editing.keepTheirs)()}
        onWriteBoth={editing.writeBoth}
      />
    )
  }
  return (
    <SaveOrCancel
      saving={editing}
      save={save}
      onSave={() => {
        if (isWhole()) void finish(editing.save)()
      }}
      onCancel={() => {
        editing.discard()
        onDone()
      }}
    >
      {editing.isDraft ? (
        <span className="gable-meta">
          <Trans>Draft kept on this device</Trans>
        </span>
      ) : null}
    </SaveOrCancel>
  )
}
