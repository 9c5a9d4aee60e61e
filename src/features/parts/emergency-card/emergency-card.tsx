import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { clockToday } from '#client/clock.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { makeCard } from '#client/queries/worse/make-card.ts'
import { callBeside } from '#domain/plan/house/what-to-do.ts'
import type { Essentials } from '#domain/plan/worse/essentials.ts'
import { withinBytes } from '#domain/plan/worse/within-bytes.ts'
import { InEnglish, WithEnglish } from '#features/parts/language/in-language.tsx'
import { SaveNote } from '#features/parts/save-note.tsx'
import { focusFirstError } from '#ui/forms/focus-first-error.ts'
import { TextArea } from '#ui/forms/text-area.tsx'
import { Button } from '#ui/layout/button.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { useDayText } from '#ui/text/use-day-text.ts'
import { CardLink } from './card-link.tsx'
import { EssentialsView } from './essentials-view.tsx'
import { QrCode } from './qr-code.tsx'

type Props = Readonly<{
  person: string
  givenName: string
  /** the person makes it: nobody has to say yes */
  isOwn: boolean
}>

/** One page with what to know first, and the same as a QR code that any telephone reads without a network. */
export function EmergencyCard(props: Props) {
  const [card, setCard] = useState<Essentials>()
  const [link, setLink] = useState<string>()
  return (
    <>
      {card ? <Card essentials={card} link={link} /> : <Make {...props} onMade={setCard} />}
      <CardLink {...props} link={link} onLink={setLink} />
    </>
  )
}

function Make({
  person,
  givenName,
  isOwn,
  onMade,
}: Props & { onMade: (card: Essentials) => void }) {
  const { t } = useLingui()
  const [agreed, setAgreed] = useState('')
  const [tried, setTried] = useState(false)
  const saving = useSaveState()
  const make = async (form: HTMLElement) => {
    setTried(true)
    if (!isOwn && agreed.trim() === '') return focusFirstError(form)
    await saving.run(async () => onMade(await makeCard(person, agreed)))
  }
  return (
    <div className="worse-form">
      <p>
        <Trans>
          The card shows allergies, medicines, the red plan, who to call, how to talk, and wishes.
          Anyone who finds it can read it, and paper cannot be taken back.
        </Trans>
      </p>
      {isOwn ? null : (
        <TextArea
          label={t`How ${givenName} said yes to the card`}
          hint={t`It is kept with your name. ${givenName} can see that a card was made.`}
          rows={2}
          value={agreed}
          onChange={setAgreed}
          error={tried && agreed.trim() === '' ? t`Enter how they said yes` : undefined}
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
    </div>
  )
}

/** Bytes that a telephone reads well from a code of a few centimetres. */
const mostBytes = 900

function Card({ essentials, link }: { essentials: Essentials; link: string | undefined }) {
  const { t } = useLingui()
  return (
    <article className="worse-card">
      <div className="worse-card__head">
        <div>
          <h2>{essentials.name}</h2>
          {essentials.birthDate ? (
            <p>
              <Trans>
                Born <DateText date={essentials.birthDate} />
              </Trans>
            </p>
          ) : null}
          <p>
            <Trans>
              Made on <DateText date={clockToday()} />. Make a new card when the plan changes.
            </Trans>
          </p>
          <Button variant="outline" onClick={() => globalThis.print()}>
            <Trans>Print the card</Trans>
          </Button>
        </div>
        <figure className="worse-card__code">
          <InEnglish>
            <CardCode essentials={essentials} />
          </InEnglish>
          <figcaption>
            <WithEnglish>
              <Trans>Scan to read this page. No internet needed.</Trans>
            </WithEnglish>
          </figcaption>
        </figure>
        {link ? (
          <figure className="worse-card__code">
            <QrCode text={link} label={t`The link as a QR code`} />
            <figcaption>
              <WithEnglish>
                <Trans>
                  Scan to see what is written today, or go to <bdi>{link}</bdi>
                </Trans>
              </WithEnglish>
            </figcaption>
          </figure>
        ) : null}
      </div>
      <EssentialsView essentials={essentials} />
    </article>
  )
}

/** Whoever reads it with a telephone in an emergency reads English. */
function CardCode({ essentials }: { essentials: Essentials }) {
  const { t } = useLingui()
  const text = useCardText(essentials)
  return <QrCode text={text} label={t`The same as a QR code, readable without a network`} />
}

/** The text in the code: the same facts in the same order, without the link and without an NHS number. */
function useCardText(essentials: Essentials): string {
  const { t } = useLingui()
  const dayText = useDayText()
  const { name, birthDate, allergies, medicines, red, nextOfKin, communication } = essentials
  const born = birthDate ? dayText(birthDate) : ''
  const none = allergies.known ? t`none known` : t`not recorded`
  const allergyWords = allergies.list.join('; ') || none
  const medicineWords = medicines.join('; ')
  const redStep = red ? [red.sign, red.doWhat, callBeside(red)].filter(Boolean).join(': ') : ''
  const redWords = [redStep, ...essentials.situations.map(({ words }) => words)]
    .filter(Boolean)
    .join('; ')
  const people = nextOfKin.map((each) => `${each.name} ${each.phone}`).join('; ')
  const wishWords = essentials.wishes.map(({ words }) => words).join(' ')
  const day = dayText(clockToday())
  const lines = [
    `${name}${born ? `, ${t`born ${born}`}` : ''}`,
    t`Allergies: ${allergyWords}`,
    medicineWords && t`Medicines: ${medicineWords}`,
    redWords && t`If very bad: ${redWords}`,
    people && t`Call: ${people}`,
    communication && t`How to talk: ${communication}`,
    wishWords && t`Wishes: ${wishWords}`,
    t`Made on ${day}`,
  ]
  return withinBytes(lines.filter(Boolean), mostBytes, t`More is on the card and in the record.`)
}
