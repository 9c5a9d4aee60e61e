import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { takeStep } from '#client/queries/meetings/meetings.ts'
import {
  type MeetingMember,
  type Presence,
  presences,
  type TeamTalk,
} from '#domain/meeting/team-talk.ts'
import { SaveNote } from '#features/parts/save-note.tsx'
import { SelectField } from '#ui/forms/select-field.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import { Button } from '#ui/layout/button.tsx'
import { presenceLabels } from './labels.ts'

/** Who is there while we talk about this person, by name; whoever comes is there for everybody still to come. */
export function Attendance({ talk, mayWrite }: Readonly<{ talk: TeamTalk; mayWrite: boolean }>) {
  const { t, i18n } = useLingui()
  const saving = useSaveState()
  const [name, setName] = useState('')
  const say = ({ reference, name: who }: MeetingMember, presence: Presence) =>
    saving.run(() =>
      takeStep({ talk: talk.id, kind: 'presence', member: { reference, name: who }, presence }),
    )
  const add = async () => {
    const guest = { reference: '', name: name.trim(), presence: 'there' } as const
    if (guest.name !== '' && (await say(guest, 'there'))) setName('')
  }
  return (
    <details className="meeting-attendance">
      <summary>
        <Trans>Who is there</Trans>: <Who members={talk.members} />
      </summary>
      {talk.members.map((member) =>
        mayWrite ? (
          <SelectField
            key={member.reference || member.name}
            label={member.name}
            value={member.presence}
            onChange={(presence) => say(member, presence as Presence)}
            options={presences.map((each) => ({
              ...{ value: each, label: i18n._(presenceLabels[each]) },
            }))}
          />
        ) : (
          <p key={member.reference || member.name}>
            {member.name}: {i18n._(presenceLabels[member.presence])}
          </p>
        ),
      )}
      {mayWrite ? (
        <div className="meeting-attendance__add">
          <TextField
            label={t`Somebody else is here`}
            value={name}
            onChange={setName}
            maxLength={120}
          />
          <Button variant="outline" pending={saving.pending} onClick={add}>
            <Trans>Add the name</Trans>
          </Button>
        </div>
      ) : null}
      <SaveNote saving={saving} />
    </details>
  )
}

function Who({ members }: Readonly<{ members: readonly MeetingMember[] }>) {
  const there = members.filter(({ presence }) => presence === 'there')
  if (there.length === 0) return <Trans>nobody has been marked as here</Trans>
  return <>{there.map(({ name }) => name).join(', ')}</>
}
