import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useAsyncAction } from '#client/forms/use-async-action.ts'
import { useDraft } from '#client/forms/use-draft.ts'
import { addCarer } from '#client/queries/carer/carers.ts'
import { type AccessLabel, sharedAccessLabels } from '#domain/access/labels/access-label.ts'
import { TwoWaysOut } from '#features/parts/saving/two-ways-out.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { Checkboxes } from '#ui/forms/checkboxes.tsx'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { Radios } from '#ui/forms/radios.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import { Button } from '#ui/layout/button.tsx'
import { CarerFailure } from './carer-failure.tsx'

type Props = Readonly<{
  person: string
  /** the person adds them: what is shared counts at once */
  isOwn: boolean
  /** the person’s first name, for professionals */
  name?: string
  rooms: Readonly<Record<AccessLabel, string>>
}>

const empty = {
  ...{ name: '', relationship: '', phone: '', nhsNumber: '', does: '' },
  ...{ lives: '' as '' | 'yes' | 'no', sees: [] as readonly string[] },
}

/** Somebody else who cares for the person: who, what they do, and what they may see. */
export function AddCarer(props: Props) {
  const { person, isOwn } = props
  const [typed, setTyped, clear, isDraft] = useDraft(`add-carer:${person}`, empty)
  const [open, setOpen] = useState(isDraft)
  if (!open)
    return (
      <Button variant="outline" onClick={() => setOpen(true)}>
        {isOwn ? <Trans>Add someone who helps me</Trans> : <Trans>Add a carer</Trans>}
      </Button>
    )
  const close = () => {
    clear()
    setOpen(false)
  }
  return <Form {...props} {...{ typed, setTyped }} onDone={close} onLater={() => setOpen(false)} />
}

type Typed = typeof empty
type FormProps = Props &
  Readonly<{
    typed: Typed
    setTyped: (typed: Typed) => void
    onDone: () => void
    onLater: () => void
  }>

function Form(props: FormProps) {
  const { t } = useLingui()
  const { person, isOwn, typed, setTyped, onDone, onLater } = props
  const [tried, setTried] = useState(false)
  const [known, setKnown] = useState('')
  const { pending, failure, run } = useAsyncAction()
  const change = (fields: Partial<Typed>) => setTyped({ ...typed, ...fields })
  const save = async () => {
    setTried(true)
    if (typed.name.trim() === '') return
    const { lives, does, sees, ...rest } = typed
    const details = {
      ...rest,
      does: does.split('\n').filter((line) => line.trim() !== ''),
      livesWith: lives === '' ? undefined : lives === 'yes',
      sees: sharedAccessLabels.filter((room) => sees.includes(room)),
    }
    setKnown('')
    let already = false
    const send = async () => {
      already = await addCarer(person, details)
    }
    if (!(await run(send))) return
    if (already) return setKnown(typed.name)
    onDone()
    toast(<Trans>{typed.name} is added.</Trans>)
  }
  return (
    <CheckedForm className="carer-form" onSubmit={save}>
      <h2>{isOwn ? <Trans>Someone who helps me</Trans> : <Trans>A new carer</Trans>}</h2>
      <TextField
        label={t`First name and family name`}
        value={typed.name}
        onChange={(name) => change({ name })}
        error={tried && typed.name.trim() === '' ? t`Enter a name` : undefined}
      />
      <TextField
        label={isOwn ? t`Who they are to me` : t`Who they are to the person`}
        hint={t`For example daughter, friend, neighbour`}
        value={typed.relationship}
        onChange={(relationship) => change({ relationship })}
      />
      <TextField
        label={t`Phone number`}
        type="tel"
        value={typed.phone}
        onChange={(phone) => change({ phone })}
      />
      {isOwn ? null : (
        <TextField
          label={t`NHS number, if the carer wants to sign in or have a record`}
          value={typed.nhsNumber}
          width={20}
          onChange={(nhsNumber) => change({ nhsNumber })}
        />
      )}
      <TextArea
        label={t`What they do`}
        hint={t`One thing on each line`}
        rows={3}
        value={typed.does}
        onChange={(does) => change({ does })}
      />
      <Radios
        legend={isOwn ? t`Do they live with me?` : t`Do they live with the person?`}
        name="lives-with"
        value={typed.lives}
        onChange={(lives) => change({ lives: lives as Typed['lives'] })}
        options={[
          { value: 'yes', label: t`Yes` },
          { value: 'no', label: t`No` },
        ]}
      />
      <WhatTheySee {...props} change={change} />
      {known ? <KnownAlready name={known} onClose={onDone} /> : null}
      <CarerFailure failure={failure} />
      <TwoWaysOut
        pending={pending}
        onCancel={onLater}
        save={isOwn ? <Trans>Add them</Trans> : <Trans>Add this carer</Trans>}
        cancel={<Trans>Not now</Trans>}
      />
    </CheckedForm>
  )
}

/** A second try after a lost answer, or two people of one name: only whoever adds them can tell. */
function KnownAlready({ name, onClose }: Readonly<{ name: string; onClose: () => void }>) {
  return (
    <div className="carer-note" role="status">
      <p>
        <Trans>
          {name} is on the list already, so nobody was added. If this is somebody else, write the
          name in another way, or say more about who they are.
        </Trans>
      </p>
      <Button variant="link" onClick={onClose}>
        <Trans>Close without adding</Trans>
      </Button>
    </div>
  )
}

function WhatTheySee(props: FormProps & { change: (fields: Partial<Typed>) => void }) {
  const { t } = useLingui()
  const { isOwn, name = '', rooms, typed, change } = props
  return (
    <Checkboxes
      legend={isOwn ? t`What may they see?` : t`What would ${name} like to share with them?`}
      hint={
        isOwn
          ? t`Nothing is shared that is not ticked. It can be changed any day.`
          : t`Nothing is shared before ${name} says yes to it.`
      }
      name="new-carer-sees"
      values={typed.sees}
      onChange={(sees) => change({ sees })}
      options={sharedAccessLabels.map((room) => ({ value: room, label: rooms[room] }))}
    />
  )
}
