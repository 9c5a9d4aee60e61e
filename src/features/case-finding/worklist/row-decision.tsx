import { Trans, useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import type { FoundPerson } from '#domain/case/find-people.ts'
import type { NotNow } from '#features/case-finding/deciding/not-now-dialog.tsx'
import { type Decisions, decidableName } from '#features/case-finding/deciding/use-decisions.tsx'
import { hasLeft, LeftList } from '#features/parts/record/left-list.tsx'
import { Button } from '#ui/layout/button.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { listed, mayBeDecided } from './listed.ts'

type Props = Readonly<{
  person: FoundPerson
  decisions: Decisions
  /** the caller decides about people */
  isProfessional: boolean
  onNotNow: (person: FoundPerson, kind: NotNow) => void
  tab: 0 | -1
}>

/** Take on, or not now; or what stands in the way. */
export function RowDecision({ person, decisions, isProfessional, onNotNow, tab }: Props) {
  const { t } = useLingui()
  if (!mayBeDecided(person) || !isProfessional)
    return (
      <p className="worklist__decision find__meta">
        <WhyNotDecided person={person} />
      </p>
    )
  const name = decidableName(person)
  const isNotNow = person.caseStatus === 'cancelled'
  const decide = (decision: 'take-on' | 'reopen') =>
    void decisions.decide([listed(person)], { decision })
  return (
    <div className="worklist__decision">
      <Button
        variant="outline"
        tabIndex={tab}
        pending={decisions.pending}
        aria-label={t`Take on ${name}`}
        onClick={() => decide('take-on')}
      >
        <Trans>Take on</Trans>
      </Button>
      {isNotNow ? (
        <Button
          variant="link"
          tabIndex={tab}
          aria-label={t`Put ${name} on the list again`}
          onClick={() => decide('reopen')}
        >
          <Trans>Reopen</Trans>
        </Button>
      ) : (
        <Button
          variant="link"
          tabIndex={tab}
          aria-label={t`Not now: ${name}`}
          onClick={() => onNotNow(person, 'defer')}
        >
          <Trans>Not now</Trans>
        </Button>
      )}
    </div>
  )
}

function WhyNotDecided({ person }: { person: FoundPerson }): ReactNode {
  const { died, setAside, noCase, caseStatus, coordinator, leftOn } = person
  if (died) return <Trans>Died</Trans>
  if (setAside) return <Trans>This record is no longer in use</Trans>
  if (caseStatus === 'active' || caseStatus === 'onhold')
    return coordinator ? <Trans>With {coordinator}</Trans> : <Trans>On a caseload</Trans>
  if (leftOn && hasLeft(person)) return <LeftList leftOn={leftOn} />
  return noCase ? <Trans>Said no to case management</Trans> : null
}

/** Why somebody is back, or away, and who said so. */
export function EarlierDecision({ person }: { person: FoundPerson }): ReactNode {
  const { notNow, lookAgain, decidedOn, decidedByMe, isDue, coordinator } = person
  if (notNow === undefined) return null
  const who = decidedByMe || !coordinator ? <Trans>You</Trans> : coordinator
  const on = decidedOn ? <DateText date={decidedOn} /> : null
  return (
    <p className={isDue ? 'worklist__due' : 'find__meta'}>
      {isDue ? (
        <strong>
          {lookAgain ? (
            <Trans>
              {who} asked to look again on <DateText date={lookAgain} />:
            </Trans>
          ) : null}
        </strong>
      ) : lookAgain ? (
        <Trans>
          {who} said not now, until <DateText date={lookAgain} />:
        </Trans>
      ) : (
        <Trans>
          {who} said not now {on}:
        </Trans>
      )}{' '}
      {notNow}
    </p>
  )
}
