import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { asAnother, useDraft } from '#client/forms/use-draft.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { sendMessage, whoReadsQuery } from '#client/queries/messages/messages.ts'
import { usualZone } from '#domain/calendar/zone.ts'
import type { MeetingLetter } from '#domain/meeting/letter.ts'
import { wordsForCarer } from '#domain/meeting/words-for-carer.ts'
import { longestMessage } from '#domain/message/message.ts'
import { SaveNote } from '#features/parts/save-note.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { Radios } from '#ui/forms/radios.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import { Button } from '#ui/layout/button.tsx'

type Props = Readonly<{ letter: MeetingLetter; givenName: string }>

/** A carer is told what was decided: after the person, in words that somebody has read, and only with the person’s leave. */
export function TellCarer({ letter, givenName }: Props) {
  const { data: who } = useQuery(whoReadsQuery(letter.person))
  const [isOpen, setOpen] = useState(false)
  const carers = (who?.carers ?? []).map((each) => each.who)
  if (!who) return null
  if (carers.length === 0)
    return (
      <p className="gable-meta">
        <Trans>{givenName} shares the conversation with no carer, so none can be told here.</Trans>
      </p>
    )
  if (!isOpen)
    return (
      <p>
        <Button variant="outline" onClick={() => setOpen(true)}>
          <Trans>Tell a carer</Trans>
        </Button>
      </p>
    )
  return <TellForm {...{ letter, givenName, carers }} onDone={() => setOpen(false)} />
}

type FormProps = Props &
  Readonly<{ carers: readonly Readonly<{ reference: string; name: string }>[]; onDone: () => void }>

function useTold({ letter, givenName, carers, onDone }: FormProps) {
  const [fresh] = useState(() => ({
    ...{ id: crypto.randomUUID(), carer: '', leave: '' },
    words: wordsForCarer(letter, { givenName, zone: usualZone }),
  }))
  const [typed, setTyped, , , settle] = useDraft(`tell-carer-${letter.talk}`, fresh)
  const [tried, setTried] = useState(false)
  const saving = useSaveState()
  const chosen = carers.length === 1 ? carers[0]?.reference : typed.carer
  const carer = carers.find(({ reference }) => reference === chosen)
  const lacks = {
    carer: !carer,
    leave: typed.leave.trim() === '',
    words: typed.words.trim() === '' || typed.words.length > longestMessage,
  }
  const send = async () => {
    setTried(true)
    if (!carer || lacks.leave || lacks.words) return
    const { id, words, leave } = typed
    const message = {
      ...({ id, thread: id, person: letter.person, readers: 'carer', topic: 'other' } as const),
      ...{ carers: [carer], words: words.trim() },
      fromMeeting: { talk: letter.talk, leave: leave.trim() },
    }
    if (!(await saving.run(() => sendMessage(message)))) return
    settle(typed, asAnother)
    toast(<Trans>Sent to {carer.name}.</Trans>)
    onDone()
  }
  return {
    ...{ typed, send, saving, chosen },
    change: (fields: Partial<typeof fresh>) => setTyped({ ...typed, ...fields }),
    shown: (which: keyof typeof lacks, message: string) =>
      tried && lacks[which] ? message : undefined,
  }
}

function TellForm(props: FormProps) {
  const { t } = useLingui()
  const { givenName, carers, letter, onDone } = props
  const { typed, change, shown, send, saving, chosen } = useTold(props)
  return (
    <CheckedForm onSubmit={send}>
      <Radios
        legend={t`Which carer?`}
        hint={t`Carers with whom ${givenName} shares the conversation. ${givenName} can read it too.`}
        name={`tell-${letter.talk}`}
        value={chosen ?? ''}
        onChange={(carer) => change({ carer })}
        error={shown('carer', t`Choose the carer`)}
        options={carers.map(({ reference, name }) => ({ value: reference, label: name }))}
      />
      <TextField
        label={t`How did ${givenName} agree that this carer is told?`}
        hint={t`For example: at the end of the meeting, on the phone today. Without a yes, do not send it.`}
        maxLength={500}
        value={typed.leave}
        onChange={(leave) => change({ leave })}
        error={shown('leave', t`Say how ${givenName} agreed`)}
      />
      <TextArea
        label={t`What the carer reads`}
        hint={t`Take out what ${givenName} does not want to be told.`}
        rows={8}
        value={typed.words}
        onChange={(words) => change({ words })}
        error={shown('words', t`Write it in up to 2,000 characters`)}
      />
      <SaveNote saving={saving} />
      <Button type="submit" pending={saving.pending}>
        <Trans>Send it to the carer</Trans>
      </Button>{' '}
      <Button variant="link" onClick={onDone}>
        <Trans>Close</Trans>
      </Button>
    </CheckedForm>
  )
}
