import { Trans, useLingui } from '@lingui/react/macro'
import { type ReactNode, useState } from 'react'
import { type CardFacts, setCardLink } from '#client/queries/worse/card-link.ts'
import { makeCard } from '#client/queries/worse/make-card.ts'
import type { CardLinkAct } from '#domain/card/card-link.ts'
import type { Essentials } from '#domain/plan/worse/essentials.ts'
import { ConfirmAction } from '#features/parts/confirm-action.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { CardExtras, extrasIn } from './card-extras.tsx'
import { cardUseLabels } from './card-use-labels.ts'

type Props = Readonly<{
  person: string
  givenName: string
  isOwn: boolean
  card: CardFacts
  onMade: (made: { card: Essentials; link: string | undefined }) => void
}>

/** Replace it, let it work for longer, end it: each asks once more. What was printed of it stays readable. */
export function CardActs(props: Props) {
  const { t } = useLingui()
  const { card, person, onMade } = props
  const [agreed, setAgreed] = useState('')
  const { use } = card
  const [extra, setExtra] = useState<readonly string[]>(() => [
    ...(card.illnesses ? ['illnesses'] : []),
    'matters',
  ])
  const said = extrasIn(extra)
  const set = (act: CardLinkAct) =>
    setCardLink(person, { act, agreed, use, ...said, card: card.id })
  const replace = async () => {
    const fresh = await makeCard(person, { agreed, ...said })
    onMade({ card: fresh, link: await set('replace') })
    globalThis.scrollTo?.({ top: 0 })
  }
  const yes = <HowTheySaidYes {...props} agreed={agreed} onChange={setAgreed} />
  return (
    <div className="worse-form__bar">
      <OneAct
        {...props}
        verb={<Trans>Make a new one in its place</Trans>}
        title={t`Make a new card, and stop the old one?`}
        yes={<Trans>Yes, make a new one</Trans>}
        run={replace}
      >
        <p>
          <Trans>
            The new card says what the plan says today. The link of the old card stops at once. Its
            paper can still be read: destroy it if you can.
          </Trans>
        </p>
        <CardExtras values={extra} onChange={setExtra} />
        {yes}
      </OneAct>
      {card.state === 'open' && card.hasLink ? (
        <OneAct
          {...props}
          verb={<Trans>Keep it for 12 months from today</Trans>}
          title={t`Keep this card for 12 months?`}
          yes={<Trans>Yes, keep it</Trans>}
          run={() => set('renew')}
        >
          <p>
            <Trans>Its link works for longer. What is printed stays as old as it is.</Trans>
          </p>
          {yes}
        </OneAct>
      ) : null}
      <OneAct
        {...props}
        verb={<Trans>End this card</Trans>}
        title={t`End this card?`}
        yes={<Trans>Yes, end it</Trans>}
        run={() => set('end')}
      >
        <p>
          <Trans>Nobody can open the card by its link then. The paper can still be read.</Trans>
        </p>
      </OneAct>
    </div>
  )
}

function OneAct(props: {
  card: CardFacts
  verb: ReactNode
  title: string
  yes: ReactNode
  run: () => Promise<unknown>
  children: ReactNode
}) {
  const { i18n } = useLingui()
  const { card, verb, title, yes, run, children } = props
  const where = i18n._(cardUseLabels[card.use] ?? cardUseLabels.other)
  return (
    <ConfirmAction
      verb={
        <>
          {verb}
          <span className="nhsuk-u-visually-hidden">: {where}</span>
        </>
      }
      variant="outline"
      title={title}
      yes={yes}
      no={<Trans>Leave it as it is</Trans>}
      run={run}
      done={() => undefined}
      failed={<Trans>The card was not changed</Trans>}
    >
      <p>
        <strong>{where}</strong>
      </p>
      {children}
    </ConfirmAction>
  )
}

type YesProps = Readonly<{
  givenName: string
  isOwn: boolean
  agreed: string
  onChange: (agreed: string) => void
}>

/** The service refuses it without, and says so. */
function HowTheySaidYes({ givenName, isOwn, agreed, onChange }: YesProps) {
  const { t } = useLingui()
  if (isOwn) return null
  return (
    <TextArea
      label={t`How ${givenName} said yes to the card`}
      rows={2}
      value={agreed}
      onChange={onChange}
    />
  )
}
