import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { asAnother, useDraft } from '#client/forms/use-draft.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { saveStayMessage } from '#client/queries/discharge/stays.ts'
import type { StayMessage } from '#domain/discharge/stay-message.ts'
import type { WardStay } from '#domain/discharge/ward-stay.ts'
import { SaveNote } from '#features/parts/save-note.tsx'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import { Button } from '#ui/layout/button.tsx'
import { Card } from '#ui/layout/card.tsx'
import { LinkButton } from '#ui/layout/link-button.tsx'
import { DateText } from '#ui/text/date-text.tsx'

type Typed = Readonly<{ id: string; words: string }>
const empty: Typed = { id: '', words: '' }

/** One page for the ward on what matters to the person, and to whom it was given. */
export function WardSheetCard({
  stay,
  given,
}: Readonly<{ stay: WardStay; given: readonly StayMessage[] }>) {
  const { t } = useLingui()
  const [typed, setTyped, , , settle] = useDraft<Typed>(`ward-sheet-${stay.id}`, empty)
  const [tried, setTried] = useState(false)
  const saving = useSaveState()
  const save = async () => {
    setTried(true)
    const words = typed.words.trim()
    if (words === '') return
    const said = { id: typed.id, kind: 'ward-sheet', person: stay.person, stay: stay.id } as const
    if (!(await saving.run(() => saveStayMessage({ ...said, words })))) return
    settle(typed, asAnother)
    setTried(false)
    setTyped(empty)
    toast(<Trans>Saved.</Trans>)
  }
  return (
    <Card title={<Trans>For the ward</Trans>}>
      {given.length === 0 ? (
        <p>
          <StateMark state="missing">
            <Trans>Nobody has given the ward its page</Trans>
          </StateMark>
        </p>
      ) : null}
      <ul className="stay-others">
        {given.map(({ id, words, by, at }) => (
          <li key={id}>
            <StateMark state="agreed">
              <Trans>
                Given to {words}, by {by.name}
              </Trans>
            </StateMark>
            <p className="gable-meta">
              <DateText date={at} withTime />
            </p>
          </li>
        ))}
      </ul>
      <p>
        <LinkButton to={`/people/${stay.person}/home-from-hospital/for-the-ward`} variant="outline">
          <Trans>What matters to this person</Trans>
        </LinkButton>
      </p>
      <CheckedForm onSubmit={save}>
        <TextField
          label={t`To whom you gave it`}
          hint={t`For example: nurse in charge, Ward 4`}
          value={typed.words}
          onChange={(words) => setTyped({ id: typed.id || crypto.randomUUID(), words })}
          error={tried && typed.words.trim() === '' ? t`Enter a name or a ward` : undefined}
        />
        <SaveNote saving={saving} />
        <Button type="submit" variant="outline" pending={saving.pending}>
          <Trans>It was given</Trans>
        </Button>
      </CheckedForm>
    </Card>
  )
}
