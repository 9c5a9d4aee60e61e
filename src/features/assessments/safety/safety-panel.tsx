import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useDraft } from '#client/forms/use-draft.ts'
import { recordSafetyAction } from '#client/queries/care-plan/assessments.ts'
import type { SafetyAction, SafetyFlag } from '#domain/assessment/safety/safety-flag.ts'
import { MomentText } from '#features/assessments/moment-text.tsx'
import { Radios } from '#ui/forms/radios.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import { Button } from '#ui/layout/button.tsx'
import { CloseSafety } from './close-safety.tsx'

type Entry = Readonly<{ asked: string; immediateDanger: string; told: string; done: string }>
const empty: Entry = { asked: '', immediateDanger: '', told: '', done: '' }

/**
 * Does not move the focus out of a field: it may appear while the next question is being answered, and is read out all
 * the same.
 */
const takeFocus = (panel: HTMLElement | null) => {
  const at = document.activeElement
  const isInField = at instanceof HTMLInputElement || at instanceof HTMLTextAreaElement
  if (!isInField) panel?.focus()
}

type Props = Readonly<{ flag: SafetyFlag; person: string }>

/** A safety concern that nobody has written about yet: the user cannot continue until someone does. */
export function SafetyPanel({ flag, person }: Props) {
  const { t } = useLingui()
  return (
    <section
      role="alert"
      tabIndex={-1}
      ref={takeFocus}
      className="assess-safety"
      aria-labelledby={`${flag.id}-title`}
    >
      <h2 id={`${flag.id}-title`}>
        <Trans>Ask about safety now</Trans>
      </h2>
      <p>
        {flag.response ? (
          <Trans>
            The person said they had thoughts of being better off dead or of hurting themselves. Ask
            about plans and intent now, whatever the total score is.
          </Trans>
        ) : (
          <Trans>The record says: {flag.text || t`a safety concern, no details given`}.</Trans>
        )}
      </p>
      <p>
        <strong>
          <Trans>If there is immediate danger, call 999 and stay with the person.</Trans>
        </strong>
      </p>
      <SafetyEntry flag={flag} person={person} />
    </section>
  )
}

function SafetyEntry({ flag, person }: Props) {
  const { t } = useLingui()
  const [entry, setEntry, clear] = useDraft<Entry>(`safety:${flag.id}`, empty)
  const [wasTried, setWasTried] = useState(false)
  const save = useMutation({
    mutationFn: (action: Omit<SafetyAction, 'by' | 'at'>) =>
      recordSafetyAction(flag.id, action, person),
    onSuccess: clear,
  })
  // what is being saved is not changed meanwhile: the panel disappears when it is saved
  const change = (fields: Partial<Entry>) => {
    if (!save.isPending) setEntry({ ...entry, ...fields })
  }
  const errorFor = (field: keyof Entry, text: string) =>
    wasTried && entry[field].trim() === '' ? { error: text } : {}
  const onSave = () => {
    setWasTried(true)
    if (Object.values(entry).some((value) => value.trim() === '')) return
    save.mutate(entry as Omit<SafetyAction, 'by' | 'at'>)
  }
  const name = (field: string) => `${flag.id}-${field}`
  return (
    <>
      <Radios
        legend={t`Did you ask about plans and intent?`}
        name={name('asked')}
        value={entry.asked}
        options={[
          { value: 'yes', label: t`Yes, I asked` },
          { value: 'not-possible', label: t`It was not possible to ask` },
        ]}
        onChange={(asked) => change({ asked })}
        {...errorFor('asked', t`Select whether you asked`)}
      />
      <Radios
        legend={t`Is the person in immediate danger?`}
        name={name('danger')}
        value={entry.immediateDanger}
        options={[
          { value: 'no', label: t`No` },
          { value: 'yes', label: t`Yes`, hint: t`Call 999 now` },
          { value: 'not-known', label: t`I could not find out` },
        ]}
        onChange={(immediateDanger) => change({ immediateDanger })}
        {...errorFor('immediateDanger', t`Select whether there is immediate danger`)}
      />
      <TextField
        label={t`Who was told`}
        hint={t`Name and role, and when. Enter “nobody yet” if nobody has been told.`}
        name={name('told')}
        value={entry.told}
        onChange={(told) => change({ told })}
        readOnly={save.isPending}
        {...errorFor('told', t`Enter who was told`)}
      />
      <TextArea
        label={t`What was said and done`}
        name={name('done')}
        rows={4}
        value={entry.done}
        onChange={(done) => change({ done })}
        readOnly={save.isPending}
        {...errorFor('done', t`Enter what was said and done`)}
      />
      {save.isError && (
        <p className="assess-safety-failed">
          <Trans>This was not saved. What you wrote is kept: try again.</Trans>
        </p>
      )}
      <Button variant="danger" pending={save.isPending} onClick={onSave}>
        <Trans>Record what was done</Trans>
      </Button>
    </>
  )
}

/** What was done about a concern, by whom and when. */
export function SafetyActions({ flag, person }: Props) {
  const { t } = useLingui()
  const asked = { yes: t`asked about plans and intent`, 'not-possible': t`could not ask` }
  const danger = {
    yes: t`in immediate danger`,
    no: t`no immediate danger`,
    'not-known': t`danger not known`,
  }
  return (
    <section className="assess-safety-done" aria-labelledby={`${flag.id}-done`}>
      <h2 id={`${flag.id}-done`}>
        <Trans>Safety: what was done</Trans>
      </h2>
      <ul>
        {flag.actions.map((action) => (
          <li key={action.at}>
            <p>
              {asked[action.asked]}, {danger[action.immediateDanger]}.{' '}
              <Trans>Told: {action.told}.</Trans> {action.done}
            </p>
            <p className="assess-meta">
              {action.by}, <MomentText at={action.at} />
            </p>
          </li>
        ))}
      </ul>
      <CloseSafety flag={flag} person={person} />
    </section>
  )
}
