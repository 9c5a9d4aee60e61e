import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { clockToday } from '#client/clock.ts'
import { useDraft } from '#client/forms/use-draft.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { saveCareHome } from '#client/queries/patient/care-home.ts'
import type { CareHome } from '#domain/home/care-home.ts'
import { SaveOrCancel } from '#features/parts/saving/save-or-cancel.tsx'
import { focusFirstError } from '#ui/forms/focus-first-error.ts'
import { TextField } from '#ui/forms/text-field.tsx'

type Props = Readonly<{ person: string; home: CareHome | undefined; onDone: () => void }>

const none: CareHome = { name: '', phone: '', nightPhone: '', manager: '', keyWorker: '' }

/** Which home it is, and who to call there. */
export function CareHomeForm({ person, home, onDone }: Props) {
  const { t } = useLingui()
  const [typed, setTyped, clear] = useDraft<CareHome>(
    `care-home:${person}`,
    home ?? { ...none, since: clockToday() },
  )
  const [tried, setTried] = useState(false)
  const saving = useSaveState()
  const isNamed = typed.name.trim() !== ''
  const send = async (form: HTMLElement | null) => {
    setTried(true)
    if (!isNamed) return focusFirstError(form)
    const whole = { ...typed, name: typed.name.trim() }
    if (!(await saving.run(() => saveCareHome(person, whole)))) return
    clear()
    onDone()
  }
  const put = (field: keyof CareHome) => (words: string) => setTyped({ ...typed, [field]: words })
  return (
    <div className="gable-form">
      <TextField
        label={t`Name of the care home`}
        value={typed.name}
        onChange={put('name')}
        error={tried && !isNamed ? t`Write down which care home it is` : undefined}
      />
      <TextField
        label={t`Phone by day`}
        type="tel"
        width={20}
        value={typed.phone}
        onChange={put('phone')}
      />
      <TextField
        label={t`Phone at night`}
        type="tel"
        width={20}
        value={typed.nightPhone}
        onChange={put('nightPhone')}
      />
      <TextField label={t`Manager of the home`} value={typed.manager} onChange={put('manager')} />
      <TextField
        label={t`Key worker`}
        hint={t`Who knows the person best there`}
        value={typed.keyWorker}
        onChange={put('keyWorker')}
      />
      <SaveOrCancel
        saving={saving}
        onSave={(form) => void send(form)}
        onCancel={() => {
          clear()
          onDone()
        }}
        save={<Trans>Save the care home</Trans>}
      />
    </div>
  )
}
