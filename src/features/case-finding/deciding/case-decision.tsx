import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useSession } from '#client/session/session.ts'
import { isStaff } from '#domain/access/actor.ts'
import type { FoundPerson } from '#domain/case/find-people.ts'
import { Button } from '#ui/layout/button.tsx'
import { NotNowDialog } from './not-now-dialog.tsx'
import { RefusedNotice } from './refused-notice.tsx'
import { decidableName, useDecisions } from './use-decisions.tsx'

const takenOn = ['active', 'onhold']

type Somebody = Pick<
  FoundPerson,
  'id' | 'family' | 'given' | 'caseStatus' | 'coordinator' | 'notNow' | 'noCase'
>

/** Take on, or not now with a reason, by professionals only. Both can be undone. */
export function CaseDecision({ person }: { person: Somebody }) {
  const isProfessional = useSession(({ actor }) => actor !== undefined && isStaff(actor))
  const standing = <StandingDecision person={person} />
  if (takenOn.includes(person.caseStatus ?? '') || person.noCase) return standing
  return isProfessional ? <Decide person={person} /> : null
}

/** Who coordinates, or that the person said no to a coordinator. */
function StandingDecision({ person }: { person: Somebody }) {
  return (
    <p className="find__decision find__meta">
      {person.noCase && !takenOn.includes(person.caseStatus ?? '') ? (
        <Trans>Said no to case management</Trans>
      ) : person.coordinator ? (
        <Trans>With {person.coordinator}</Trans>
      ) : (
        <Trans>On a caseload</Trans>
      )}
    </p>
  )
}

function Decide({ person }: { person: Somebody }) {
  const { t } = useLingui()
  const [asking, setAsking] = useState(false)
  const decisions = useDecisions()
  const name = decidableName(person)
  const isNotNow = person.caseStatus === 'cancelled'
  return (
    <div className="find__decision">
      <RefusedNotice decisions={decisions} />
      {person.notNow ? <p className="find__meta">{t`Not now: ${person.notNow}`}</p> : null}
      <Button
        variant="outline"
        pending={decisions.pending}
        aria-label={t`Take on ${name}`}
        onClick={() => void decisions.decide([person], { decision: 'take-on' })}
      >
        <Trans>Take on</Trans>
      </Button>
      {isNotNow ? (
        <Button
          variant="link"
          aria-label={t`Put ${name} on the list again`}
          onClick={() => void decisions.decide([person], { decision: 'reopen' })}
        >
          <Trans>On the list again</Trans>
        </Button>
      ) : (
        <Button variant="link" aria-label={t`Not now: ${name}`} onClick={() => setAsking(true)}>
          <Trans>Not now</Trans>
        </Button>
      )}
      {asking ? (
        <NotNowDialog
          {...{ people: [person], begin: 'defer', decisions }}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </div>
  )
}
