import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { SaveNote } from '#care/monitor/save-note.tsx'
import { useDraft } from '#data/drafts.ts'
import { sendReferral } from '#data/referrals.ts'
import { askColleague } from '#data/tasks.ts'
import { colleaguesQuery } from '#data/team.ts'
import { useSaving } from '#data/use-editing.ts'
import { Button } from '#design/button.tsx'
import { DateField } from '#design/date-field.tsx'
import { SelectField } from '#design/select-field.tsx'
import { TextArea } from '#design/text-area.tsx'
import { TextField } from '#design/text-field.tsx'

const empty = { id: '', what: '', why: '', owner: '', dueOn: '' }

/** Asks a colleague for something, or refers the person to them. */
export function AskForm({
  person,
  personName,
  kind,
}: Readonly<{ person: string; personName: string; kind: 'task' | 'referral' }>) {
  const { t } = useLingui()
  const { data: colleagues } = useSuspenseQuery(colleaguesQuery)
  const [typed, setTyped, clear] = useDraft(`ask-${kind}-${person}`, empty)
  const [tried, setTried] = useState(false)
  const saving = useSaving()
  const isReferral = kind === 'referral'
  const change = (fields: Partial<typeof empty>) =>
    setTyped({ ...typed, id: typed.id || crypto.randomUUID(), ...fields })
  const owner = colleagues.find((each) => each.reference === typed.owner)
  const isComplete = typed.what.trim() !== '' && (!isReferral || typed.why.trim() !== '')
  const send = async () => {
    setTried(true)
    if (!owner || !isComplete) return
    const asking = { ...typed, person, personName, owner }
    const done = await saving.run(() => (isReferral ? sendReferral(asking) : askColleague(asking)))
    if (!done) return
    clear()
    setTried(false)
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <TextField
        label={isReferral ? t`What for, for example physiotherapy` : t`What is to be done`}
        value={typed.what}
        onChange={(what) => change({ what })}
        error={tried && typed.what.trim() === '' ? t`Say what it is` : undefined}
      />
      {isReferral ? (
        <TextArea
          label={t`Why, and what they need to know`}
          value={typed.why}
          onChange={(why) => change({ why })}
          error={tried && typed.why.trim() === '' ? t`Say why` : undefined}
          rows={3}
        />
      ) : null}
      <SelectField
        label={t`By whom`}
        value={typed.owner}
        onChange={(reference) => change({ owner: reference })}
        error={tried && !owner ? t`Choose somebody` : undefined}
        options={[
          { value: '', label: t`Choose somebody` },
          ...colleagues.map((each) => ({ value: each.reference, label: each.name })),
        ]}
      />
      <DateField label={t`By when`} value={typed.dueOn} onChange={(dueOn) => change({ dueOn })} />
      <SaveNote saving={saving} />
      <Button type="submit" pending={saving.pending}>
        {isReferral ? <Trans>Send the referral</Trans> : <Trans>Ask for it</Trans>}
      </Button>
    </form>
  )
}
