import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useDraft } from '#client/forms/use-draft.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { saveCarerNumber } from '#client/queries/carer/carers.ts'
import type { CarerShown } from '#domain/carer/carers-answer.ts'
import { isNhsNumber } from '#domain/person/nhs-number.ts'
import { SaveOrCancel } from '#features/parts/saving/save-or-cancel.tsx'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { TextField } from '#ui/forms/text-field.tsx'

/** The NHS number of a carer of whom none is written down. */
export function CarerNumberForm(props: Readonly<{ carer: CarerShown; onDone: () => void }>) {
  const { t } = useLingui()
  const { carer, onDone } = props
  const [typed, setTyped, clear] = useDraft(`carer-number:${carer.id}`, '')
  const [tried, setTried] = useState(false)
  const saving = useSaveState()
  const digits = typed.replaceAll(/[\s-]/g, '')
  const wrong = /^\d{10}$/.test(digits)
    ? t`This is not an NHS number. Check each digit`
    : t`Enter an NHS number of ten digits`
  const save = async () => {
    setTried(true)
    if (!isNhsNumber(digits) || !(await saving.run(() => saveCarerNumber(carer.id, digits)))) return
    clear()
    onDone()
  }
  return (
    <CheckedForm className="carer-form" onSubmit={save}>
      <TextField
        label={t`NHS number of ${carer.name}`}
        hint={t`Ten digits, as ${carer.name} gives it to you`}
        value={typed}
        width={20}
        onChange={setTyped}
        error={tried && !isNhsNumber(digits) ? wrong : undefined}
      />
      <SaveOrCancel saving={saving} onCancel={onDone} />
    </CheckedForm>
  )
}
