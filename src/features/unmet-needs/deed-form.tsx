import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useDraft } from '#client/forms/use-draft.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { noteUnmet } from '#client/queries/insight/unmet-needs.ts'
import {
  type UnmetDeed,
  type UnmetKind,
  type UnmetNeeds,
  unmetKinds,
} from '#domain/outcome/unmet-needs.ts'
import { SaveNote } from '#features/parts/save-note.tsx'
import { TwoWaysOut } from '#features/parts/saving/two-ways-out.tsx'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { SelectField } from '#ui/forms/select-field.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { unmetKindLabels } from './unmet-kind-labels.ts'

type Typed = Readonly<{ kind: UnmetKind; place: string; words: string }>

type DeedFormProps = Pick<UnmetNeeds, 'needs'> &
  Readonly<{
    /** absent: a new entry */
    deed?: UnmetDeed
    onDone: () => void
  }>

/** What was done about needs of one kind, in one place or everywhere. What is typed is kept until it is saved. */
export function DeedForm({ needs, deed, onDone }: DeedFormProps) {
  const { t, i18n } = useLingui()
  const [typed, setTyped, clear] = useDraft<Typed>(`unmet-deed-${deed?.id ?? 'new'}`, {
    ...{ kind: deed?.kind ?? needs[0]?.kind ?? 'social', place: deed?.place ?? '' },
    words: deed?.words ?? '',
  })
  const [tried, setTried] = useState(false)
  const saving = useSaveState()
  const isEmpty = typed.words.trim() === ''
  const save = async () => {
    setTried(true)
    if (isEmpty) return
    const which = deed ? { id: deed.id, version: deed.version } : {}
    if (!(await saving.run(() => noteUnmet({ ...typed, ...which })))) return
    clear()
    onDone()
  }
  const places = [...new Set(needs.map(({ place }) => place).filter(Boolean))].toSorted()
  return (
    <CheckedForm
      aria-label={deed ? t`Change what was done` : t`Write what was done`}
      onSubmit={save}
    >
      {deed ? null : (
        <>
          <SelectField
            label={t`Kind of need`}
            value={typed.kind}
            onChange={(kind) => setTyped({ ...typed, kind: kind as UnmetKind })}
            options={unmetKinds.map((kind) => ({
              ...{ value: kind, label: i18n._(unmetKindLabels[kind]) },
            }))}
          />
          <SelectField
            label={t`Place`}
            value={typed.place}
            onChange={(place) => setTyped({ ...typed, place })}
            options={[
              { value: '', label: t`Everywhere` },
              ...places.map((place) => ({ value: place, label: place })),
            ]}
          />
        </>
      )}
      <TextArea
        label={t`What was done`}
        hint={t`No names of people, please. Everybody in the partnership reads this.`}
        value={typed.words}
        onChange={(words) => setTyped({ ...typed, words })}
        error={tried && isEmpty ? t`Say what was done` : undefined}
        maxLength={2000}
        rows={3}
      />
      <SaveNote saving={saving} />
      <TwoWaysOut
        pending={saving.pending}
        onCancel={() => {
          clear()
          onDone()
        }}
        cancel={<Trans>Discard</Trans>}
      />
    </CheckedForm>
  )
}
