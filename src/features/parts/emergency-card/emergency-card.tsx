import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { clockToday } from '#client/clock.ts'
import { FhirError } from '#client/fhir/fhir-error.ts'
import { cardLinkQuery } from '#client/queries/worse/card-link.ts'
import { forSheet } from '#domain/card/for-sheet.ts'
import { callBeside } from '#domain/plan/house/what-to-do.ts'
import type { Essentials } from '#domain/plan/worse/essentials.ts'
import { withinBytes } from '#domain/plan/worse/within-bytes.ts'
import { InEnglish, WithEnglish } from '#features/parts/language/in-language.tsx'
import { Button } from '#ui/layout/button.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { useDayText } from '#ui/text/use-day-text.ts'
import { CardList } from './card-list.tsx'
import { EssentialsView } from './essentials-view.tsx'
import { MakeCard } from './make-card.tsx'
import { QrCode } from './qr-code.tsx'

type Props = Readonly<{
  person: string
  givenName: string
  /** the person makes it: nobody has to say yes */
  isOwn: boolean
}>

type Shown = Readonly<{ card: Essentials; link: string | undefined }>

/** The cards that are in use, the one that was just made or is printed again, and a new one. */
export function EmergencyCard(props: Props) {
  const [shown, setShown] = useState<Shown>()
  const { data: cards, error } = useQuery(cardLinkQuery(props.person))
  if (error)
    return (
      <p>
        {error instanceof FhirError && error.status === 403 ? (
          <Trans>Only the person, or a professional named in the care, makes a card.</Trans>
        ) : (
          <Trans>The cards could not be loaded. Try again in a moment.</Trans>
        )}
      </p>
    )
  // the page around it is shown first: in an emergency nobody waits for a list of cards
  if (!cards) return null
  return (
    <>
      {shown ? <Card {...shown} /> : null}
      <CardList {...props} cards={cards} onMade={setShown} />
      <MakeCard {...props} onMade={setShown} />
    </>
  )
}

/** Bytes that a telephone reads well from a code of a few centimetres. */
const mostBytes = 900

/** The card stands above the form that made it: whoever made it is taken there. */
const takeFocus = (heading: HTMLElement | null) => heading?.focus({ preventScroll: true })

/** One sheet with what to know first, and the same as a QR code that any telephone reads without a network. */
function Card({ card, link }: Shown) {
  const { t } = useLingui()
  const { essentials, left, isCut, isFull } = forSheet(card)
  return (
    <article className={`worse-card ${isFull ? 'is-full' : ''}`}>
      <div className="worse-card__head">
        <div>
          <h2 tabIndex={-1} ref={takeFocus}>
            {essentials.name}
          </h2>
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
          {link ? (
            <p className="worse-card__once" role="status">
              <Trans>Print it now: we show the code of the link only once.</Trans>
            </p>
          ) : null}
          <Button variant="outline" onClick={() => globalThis.print()}>
            <Trans>Print the card</Trans>
          </Button>
        </div>
        <figure className="worse-card__code">
          <InEnglish>
            <CardCode essentials={card} />
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
      <EssentialsView {...{ essentials, left }} />
      <p className="worse-card__foot">
        {isCut ? <Trans>“…” means that there is more in the plan.</Trans> : null}{' '}
        <Trans>This is not the whole record: something may be held back.</Trans>
      </p>
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
  const { allergies, medicines, nextOfKin, communication, livesAt } = essentials
  const illnessWords = essentials.illnesses.join('; ')
  const goodToKnow = essentials.circumstances.join('; ')
  const none = allergies.known ? t`none known` : t`not recorded`
  const allergyWords = allergies.list.join('; ') || none
  const medicineWords = medicines.join('; ')
  const redWords = redTextOf(essentials)
  const people = nextOfKin.map((each) => `${each.name} ${each.phone}`).join('; ')
  const wishWords = essentials.wishes.map(({ words }) => words).join(' ')
  const day = dayText(clockToday())
  const lines = [
    useWhoItIs(essentials),
    t`Allergies: ${allergyWords}`,
    illnessWords && t`Illnesses: ${illnessWords}`,
    medicineWords && t`Medicines: ${medicineWords}`,
    redWords && t`If very bad: ${redWords}`,
    people && t`Call: ${people}`,
    livesAt ? t`Lives at: ${livesAt}` : '',
    communication && t`How to talk: ${communication}`,
    goodToKnow && t`Good to know: ${goodToKnow}`,
    wishWords && t`Wishes: ${wishWords}`,
    t`Made on ${day}`,
  ]
  return withinBytes(lines.filter(Boolean), mostBytes, t`More is on the card and in the record.`)
}

function useWhoItIs({ name, birthDate }: Essentials): string {
  const { t } = useLingui()
  const dayText = useDayText()
  const born = birthDate ? dayText(birthDate) : ''
  return [name, born && t`born ${born}`].filter(Boolean).join(', ')
}

function redTextOf({ red, situations }: Essentials): string {
  const step = red ? [red.sign, red.doWhat, callBeside(red)].filter(Boolean).join(': ') : ''
  return [step, ...situations.map(({ words }) => words)].filter(Boolean).join('; ')
}
