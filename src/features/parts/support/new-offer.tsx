import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { asAnother, useDraft } from '#client/forms/use-draft.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { offerHelp } from '#client/queries/support/offers.ts'
import { type HouseRecord, openGoals } from '#domain/plan/house/house.ts'
import { type OfferKind, offerKinds } from '#domain/support/offer.ts'
import { SaveOrCancel } from '#features/parts/saving/save-or-cancel.tsx'
import { SelectField } from '#ui/forms/select-field.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import { Button } from '#ui/layout/button.tsx'
import { offerKindNames } from './offer-labels.ts'
import './support.scss'

type Typed = Readonly<{
  id: string
  kind: OfferKind | ''
  what: string
  from: string
  goal: string
}>

const empty = (): Typed => ({
  ...{ id: crypto.randomUUID(), kind: '', what: '', from: '', goal: '' },
})

/** Offers help for looking after oneself, with the goal that it serves. */
export function NewOffer({ house }: { house: HouseRecord }) {
  const [open, setOpen] = useState(false)
  const [fresh, setFresh] = useState(empty)
  const draft = useDraft<Typed>(`new-offer:${house.person}`, fresh)
  const [, , , isDraft] = draft
  const done = () => {
    setOpen(false)
    setFresh(empty())
  }
  if (open || isDraft) return <OfferForm {...{ house, draft }} onDone={done} />
  return (
    <Button variant="outline" onClick={() => setOpen(true)}>
      <Trans>Offer something</Trans>
    </Button>
  )
}

type FormProps = Readonly<{
  house: HouseRecord
  draft: ReturnType<typeof useDraft<Typed>>
  onDone: () => void
}>

function OfferForm({ house, draft, onDone }: FormProps) {
  const { t, i18n } = useLingui()
  const [typed, setTyped, clear, , settle] = draft
  const [tried, setTried] = useState(false)
  const saving = useSaveState()
  const { kind, what, from, goal } = typed
  const isWhole = kind !== '' && what.trim() !== ''
  const send = async () => {
    setTried(true)
    if (kind === '' || !isWhole) return
    const offer = { ...typed, kind, what: what.trim(), from: from.trim(), person: house.person }
    if (!(await saving.run(() => offerHelp(offer)))) return
    if (settle(typed, asAnother)) onDone()
  }
  return (
    <div className="support-form">
      <SelectField
        label={t`What kind of help is it?`}
        value={kind}
        onChange={(value) =>
          setTyped({ ...typed, kind: offerKinds.find((each) => each === value) ?? '' })
        }
        error={tried && kind === '' ? t`Choose the kind of help` : undefined}
        options={[
          { value: '', label: t`Choose the kind of help` },
          ...offerKinds.map((each) => ({ value: each, label: i18n._(offerKindNames[each]) })),
        ]}
      />
      <TextField
        label={t`What you offer`}
        hint={t`In words that ${house.givenName} uses. It cannot be reworded after ${house.givenName} has seen it: end it, and offer it again.`}
        value={what}
        onChange={(words) => setTyped({ ...typed, what: words })}
        error={tried && what.trim() === '' ? t`Say what you offer` : undefined}
        maxLength={500}
      />
      <TextField
        label={t`Who gives it, where and when (optional)`}
        value={from}
        onChange={(words) => setTyped({ ...typed, from: words })}
        maxLength={500}
      />
      <SelectField
        label={t`Which goal it is for`}
        value={goal}
        onChange={(value) => setTyped({ ...typed, goal: value })}
        options={[
          { value: '', label: t`No goal yet` },
          ...openGoals(house).map(({ id, words }) => ({ value: id, label: words })),
        ]}
      />
      <SaveOrCancel
        saving={saving}
        onSave={() => void send()}
        onCancel={() => {
          clear()
          onDone()
        }}
        save={<Trans>Offer this</Trans>}
      />
    </div>
  )
}
