import { Trans, useLingui } from '@lingui/react/macro'
import { useEffect, useState } from 'react'
import { useLocation, useNavigate } from 'react-router'
import type { OpenedCard } from '#client/queries/worse/open-card.ts'
import { isRemote } from '#client/session/session.ts'
import { EssentialsView } from '#features/parts/emergency-card/essentials-view.tsx'
import { Notice } from '#ui/feedback/notice.tsx'
import { Button } from '#ui/layout/button.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { OpenCardForm } from './open-card-form.tsx'

/** Where the link on an emergency card leads: for somebody who found it, or was shown it, and is not signed in. */
export function OpenedCardPage() {
  const { t } = useLingui()
  const { token, visit } = useLinkOfCard()
  // of the card that this link opened: another link in the same tab must not leave somebody else’s card on the screen
  const [opened, setOpened] = useState<Readonly<{ visit: number; card: OpenedCard }>>()
  if (opened?.visit === visit)
    return <Opened card={opened.card} onClose={() => setOpened(undefined)} />
  return (
    <div className="gable-form">
      <PageHeading
        title={t`Emergency card`}
        lead={t`For someone who helps a person right now. Call 999 first if a life is in danger.`}
      />
      <Front key={visit} token={token} onOpen={(card) => setOpened({ visit, card })} />
    </div>
  )
}

/**
 * The token is taken out of the address at once: it stays in no history, and a screen that is photographed does not show
 * it. Each link that is followed counts, also the same one again.
 */
function useLinkOfCard(): Readonly<{ token: string; visit: number }> {
  const { hash } = useLocation()
  const navigate = useNavigate()
  const [link, setLink] = useState({ token: hash.slice(1), visit: 0 })
  useEffect(() => {
    if (hash === '') return
    setLink(({ visit }) => ({ token: hash.slice(1), visit: visit + 1 }))
    void navigate('/card', { replace: true })
  }, [hash, navigate])
  return link
}

function Front({ token, onOpen }: { token: string; onOpen: (card: OpenedCard) => void }) {
  const { t } = useLingui()
  if (!isRemote())
    return (
      <Notice tone="info" title={t`This link does not open here`}>
        <p>
          <Trans>
            This app keeps its records on one device only. Read what is printed on the card, or ask
            the person.
          </Trans>
        </p>
      </Notice>
    )
  if (token === '')
    return (
      <Notice tone="info" title={t`Scan the code on the card again`}>
        <p>
          <Trans>
            The link is not kept in this browser. What is printed on the card still helps.
          </Trans>
        </p>
      </Notice>
    )
  return <OpenCardForm token={token} onOpen={onOpen} />
}

function Opened({ card, onClose }: { card: OpenedCard; onClose: () => void }) {
  const { t } = useLingui()
  const { age, ...essentials } = card
  return (
    <>
      {/* a browser remembers titles: not the name of a person whom its user helped */}
      <title>{t`Emergency card · Gable`}</title>
      <PageHeading
        title={<bdi>{card.name}</bdi>}
        {...(age > 0 ? { lead: <Trans>{age} years old</Trans> } : {})}
        actions={
          <Button variant="outline" onClick={onClose}>
            <Trans>Close the card</Trans>
          </Button>
        }
      />
      <p>
        <Trans>
          This is not the whole record: something may be held back. The person and their care team
          are told that you opened it.
        </Trans>
      </p>
      <EssentialsView essentials={essentials} />
    </>
  )
}
