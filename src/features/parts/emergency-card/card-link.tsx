import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { dayHere } from '#client/clock.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { type CardLinkFacts, cardLinkQuery, setCardLink } from '#client/queries/worse/card-link.ts'
import { isRemote } from '#client/session/session.ts'
import type { CardLinkAct } from '#domain/card/card-link.ts'
import { ConfirmAction } from '#features/parts/confirm-action.tsx'
import { SaveNote } from '#features/parts/save-note.tsx'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { focusFirstError } from '#ui/forms/focus-first-error.ts'
import { TextArea } from '#ui/forms/text-area.tsx'
import { Button } from '#ui/layout/button.tsx'
import { DateText } from '#ui/text/date-text.tsx'

type Props = Readonly<{
  person: string
  givenName: string
  /** the person makes it: nobody has to say yes */
  isOwn: boolean
  /** the address of a link that was made on this page */
  link: string | undefined
  onLink: (link: string | undefined) => void
}>

/** The link of the card: made, shown once, renewed and stopped. Only a server that everybody reaches can answer it. */
export function CardLink(props: Props) {
  const { data } = useQuery({ ...cardLinkQuery(props.person), enabled: isRemote() })
  return (
    <section aria-labelledby="card-link">
      <h3 id="card-link">
        <Trans>A link on the card</Trans>
      </h3>
      {isRemote() ? null : (
        <p>
          <Trans>
            This card has no link here. Print it, or show it on this device. A link works when your
            team runs Gable for everybody on its own server.
          </Trans>
        </p>
      )}
      {data ? <Known {...props} facts={data} /> : null}
    </section>
  )
}

function Known(props: Props & { facts: CardLinkFacts }) {
  const { t } = useLingui()
  const { person, givenName, isOwn, link, onLink, facts } = props
  const [agreed, setAgreed] = useState('')
  const [tried, setTried] = useState(false)
  const saving = useSaveState()
  const needsYes = !isOwn && agreed.trim() === ''
  const act = async (what: CardLinkAct, form: HTMLElement) => {
    setTried(true)
    if (needsYes) return focusFirstError(form)
    await saving.run(async () => {
      const made = await setCardLink(person, what, agreed)
      if (what === 'new') onLink(made)
      setTried(false)
      setAgreed('')
    })
  }
  const isOpen = facts.state === 'open'
  return (
    <div className="worse-form">
      <LinkState facts={facts} />
      {link ? <NewLink link={link} /> : null}
      {isOwn ? null : (
        <TextArea
          label={t`How ${givenName} said yes to the link`}
          rows={2}
          value={agreed}
          onChange={setAgreed}
          error={tried && needsYes ? t`Enter how they said yes to the link` : undefined}
        />
      )}
      <SaveNote saving={saving} />
      <div className="worse-form__bar">
        <ActButton pending={saving.pending} onAct={(form) => void act('new', form)}>
          {isOpen ? <Trans>Make a new link</Trans> : <Trans>Make a link</Trans>}
        </ActButton>
        {isOpen ? (
          <>
            <ActButton pending={saving.pending} onAct={(form) => void act('renew', form)}>
              <Trans>Keep it for 12 months from today</Trans>
            </ActButton>
            <StopLink person={person} onStopped={() => onLink(undefined)} />
          </>
        ) : null}
      </div>
    </div>
  )
}

function ActButton(props: {
  pending: boolean
  onAct: (form: HTMLElement) => void
  children: ReactNode
}) {
  return (
    <Button
      variant="outline"
      pending={props.pending}
      onClick={({ currentTarget }) =>
        props.onAct(currentTarget.closest<HTMLElement>('.worse-form') ?? currentTarget)
      }
    >
      {props.children}
    </Button>
  )
}

function LinkState({
  facts: { state, expires = '', ended = '', endedBy },
}: {
  facts: CardLinkFacts
}) {
  if (state === 'open')
    return (
      <>
        <p>
          <StateMark state="agreed">
            <Trans>
              The link works until <DateText date={dayHere(expires)} />
            </Trans>
          </StateMark>
        </p>
        <p>
          <Trans>
            Lost the card? Stop the link, or make a new one: then the old one opens nothing. What is
            printed on the card stays readable.
          </Trans>
        </p>
      </>
    )
  return (
    <>
      {state === 'expired' ? (
        <p>
          <StateMark state="missing">
            <Trans>
              The link stopped on <DateText date={dayHere(expires)} />
            </Trans>
          </StateMark>
        </p>
      ) : null}
      {state === 'ended' ? (
        <p>
          <StateMark state="missing">
            <Trans>
              {endedBy} stopped the link on <DateText date={dayHere(ended)} />
            </Trans>
          </StateMark>
        </p>
      ) : null}
      <p>
        <Trans>
          With a link, someone who helps can see today’s card on their phone. They say who they are
          first. You can see each time, and you can stop the link. It works for 12 months.
        </Trans>
      </p>
    </>
  )
}

/** The only time that it can be read: the service keeps no copy. */
const NewLink = ({ link }: { link: string }) => (
  <div className="worse-card__link" role="status">
    <p>
      <strong>
        <Trans>This is the new link. We show it only now.</Trans>
      </strong>
    </p>
    <p>
      <bdi className="worse-card__address">{link}</bdi>
    </p>
    <p>
      <Trans>Make the card and print it now: the link is on it. The link before has stopped.</Trans>
    </p>
  </div>
)

function StopLink({ person, onStopped }: { person: string; onStopped: () => void }) {
  const { t } = useLingui()
  return (
    <ConfirmAction
      verb={<Trans>Stop the link</Trans>}
      variant="outline"
      title={t`Stop the link of this card?`}
      yes={<Trans>Yes, stop it</Trans>}
      no={<Trans>Keep it</Trans>}
      run={() => setCardLink(person, 'end', '')}
      done={onStopped}
      failed={<Trans>The link was not stopped</Trans>}
    >
      <p>
        <Trans>
          Nobody can open the card by its link then. What is printed on the card stays readable.
        </Trans>
      </p>
    </ConfirmAction>
  )
}
