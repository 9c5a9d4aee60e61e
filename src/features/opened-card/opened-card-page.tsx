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
  const token = useToken()
  const [card, setCard] = useState<OpenedCard>()
  if (card) return <Opened card={card} onClose={() => setCard(undefined)} />
  return (
    <div className="gable-form">
      <PageHeading
        title={t`Emergency card`}
        lead={t`For someone who helps a person right now. Call 999 first if a life is in danger.`}
      />
      <Front token={token} onOpen={setCard} />
    </div>
  )
}

/** The token is taken out of the address at once: it stays in no history, and a screen that is photographed does not show it. */
function useToken(): string {
  const { hash } = useLocation()
  const navigate = useNavigate()
  const [token, setToken] = useState(hash.slice(1))
  useEffect(() => {
    if (hash === '') return
    setToken(hash.slice(1))
    void navigate('/card', { replace: true })
  }, [hash, navigate])
  return token
}

function Front({ token, onOpen }: { token: string; onOpen: (card: OpenedCard) => void }) {
  const { t } = useLingui()
  if (!isRemote())
    return (
      <Notice tone="info" title={t`The link of a card needs the team server`}>
        <p>
          <Trans>This app keeps its records on one device. No link of a card opens here.</Trans>
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
  const { age, ...essentials } = card
  return (
    <>
      <PageHeading
        title={card.name}
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
