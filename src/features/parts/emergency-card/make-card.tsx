import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { setCardLink } from '#client/queries/worse/card-link.ts'
import { makeCard } from '#client/queries/worse/make-card.ts'
import { isRemote } from '#client/session/session.ts'
import { type CardUse, cardUseIn, cardUses } from '#domain/card/card-link.ts'
import type { Essentials } from '#domain/plan/worse/essentials.ts'
import { SaveNote } from '#features/parts/save-note.tsx'
import { focusFirstError } from '#ui/forms/focus-first-error.ts'
import { SelectField } from '#ui/forms/select-field.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { Button } from '#ui/layout/button.tsx'
import { CardExtras, extrasIn } from './card-extras.tsx'
import { cardUseLabels } from './card-use-labels.ts'

type Props = Readonly<{
  person: string
  givenName: string
  isOwn: boolean
  onMade: (made: { card: Essentials; link: string | undefined }) => void
}>

/** A new card: where it is kept, what else it says, and how the person said yes. */
export function MakeCard({ person, givenName, isOwn, onMade }: Props) {
  const { t, i18n } = useLingui()
  const [use, setUse] = useState<CardUse>('wallet')
  const [extra, setExtra] = useState<readonly string[]>(['illnesses', 'matters'])
  const [agreed, setAgreed] = useState('')
  const [tried, setTried] = useState(false)
  const saving = useSaveState()
  const needsYes = !isOwn && agreed.trim() === ''
  const make = async (form: HTMLElement) => {
    setTried(true)
    if (needsYes) return focusFirstError(form)
    const said = extrasIn(extra)
    await saving.run(async () => {
      const card = await makeCard(person, { agreed, ...said })
      const link = await setCardLink(person, { act: 'new', use, agreed, ...said })
      onMade({ card, link })
      setTried(false)
      setAgreed('')
      globalThis.scrollTo?.({ top: 0 })
    })
  }
  return (
    <section aria-labelledby="make-card" className="worse-form">
      <h2 id="make-card">
        <Trans>Make a new card</Trans>
      </h2>
      <p>
        <Trans>
          A card shows allergies, medicines, the red plan, who to call, how to talk, and wishes.
          Anyone who finds it can read it, and paper cannot be taken back.
        </Trans>
      </p>
      <p>
        {isRemote() ? (
          <Trans>
            It has a link too: someone who helps can see today’s card on their phone. They say who
            they are first. You can see each time the card is opened, and you can stop it. It works
            for 12 months.
          </Trans>
        ) : (
          <Trans>
            This card has no link here. Print it, or show it on this device. A link works when your
            team runs Gable for everybody on its own server.
          </Trans>
        )}
      </p>
      <SelectField
        label={t`Where will this card be kept?`}
        value={use}
        onChange={(value) => setUse(cardUseIn(value) ?? 'other')}
        options={cardUses.map((value) => ({ value, label: i18n._(cardUseLabels[value]) }))}
      />
      <CardExtras values={extra} onChange={setExtra} />
      {isOwn ? null : (
        <TextArea
          label={t`How ${givenName} said yes to the card`}
          hint={t`It is kept with your name. ${givenName} can see that a card was made.`}
          rows={2}
          value={agreed}
          onChange={setAgreed}
          error={tried && needsYes ? t`Enter how they said yes` : undefined}
        />
      )}
      <SaveNote saving={saving} />
      <Button
        pending={saving.pending}
        onClick={({ currentTarget }) =>
          void make(currentTarget.closest<HTMLElement>('.worse-form') ?? currentTarget)
        }
      >
        <Trans>Make the card</Trans>
      </Button>
    </section>
  )
}
