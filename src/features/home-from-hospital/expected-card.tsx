import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { clockZone } from '#client/clock.ts'
import { asAnother, useDraft } from '#client/forms/use-draft.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { saveStayMessage } from '#client/queries/discharge/stays.ts'
import { type StayMessage, stayMessageFault } from '#domain/discharge/stay-message.ts'
import type { WardStay } from '#domain/discharge/ward-stay.ts'
import { SaveNote } from '#features/parts/save-note.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { DateField } from '#ui/forms/date-field.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import { Button } from '#ui/layout/button.tsx'
import { Card } from '#ui/layout/card.tsx'
import { DateText } from '#ui/text/date-text.tsx'

type Typed = Readonly<{ id: string; on: string; words: string }>
const empty: Typed = { id: '', on: '', words: '' }

/** The day on which somebody in hospital is expected home: who said it, and when. */
export function ExpectedCard({
  stay,
  expected,
}: Readonly<{ stay: WardStay; expected: StayMessage | undefined }>) {
  const { t } = useLingui()
  const [typed, setTyped, , , settle] = useDraft<Typed>(`expected-${stay.id}`, empty)
  const [tried, setTried] = useState(false)
  const saving = useSaveState()
  const change = (fields: Partial<Typed>) =>
    setTyped({ ...typed, id: typed.id || crypto.randomUUID(), ...fields })
  const { id, on, words } = typed
  const fault = stayMessageFault({ kind: 'expected-discharge', on, words }, stay, clockZone())
  const isDayWrong = fault === 'no-day' || fault === 'before-admission'
  const save = async () => {
    setTried(true)
    if (fault) return
    const said = { kind: 'expected-discharge', person: stay.person, stay: stay.id } as const
    if (!(await saving.run(() => saveStayMessage({ id, on, words: words.trim(), ...said })))) return
    settle(typed, asAnother)
    setTried(false)
    setTyped(empty)
    toast(<Trans>Saved.</Trans>)
  }
  return (
    <Card title={<Trans>When is home expected?</Trans>}>
      {expected?.on ? (
        <>
          <p className="stay-expected">
            <DateText date={expected.on} />
          </p>
          <p className="gable-meta">
            <Trans>
              {expected.words}. Written by {expected.by.name},{' '}
              <DateText date={expected.at} withTime />
            </Trans>
          </p>
        </>
      ) : (
        <p className="gable-missing">
          <Trans>Nobody has said</Trans>
        </p>
      )}
      <CheckedForm onSubmit={save}>
        <DateField
          label={t`Day on which they are expected home`}
          value={on}
          onChange={(next) => change({ on: next })}
          error={
            tried && isDayWrong
              ? fault === 'before-admission'
                ? t`This day is before the admission`
                : t`Enter a day`
              : undefined
          }
        />
        <TextField
          label={t`Who said it`}
          hint={t`For example: Shauna Reid, discharge nurse, by phone`}
          value={words}
          onChange={(next) => change({ words: next })}
          error={tried && words.trim() === '' ? t`Enter who said it` : undefined}
        />
        <SaveNote saving={saving} />
        <Button type="submit" variant="outline" pending={saving.pending}>
          <Trans>Save the day</Trans>
        </Button>
      </CheckedForm>
    </Card>
  )
}
