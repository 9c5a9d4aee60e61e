import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Link } from 'react-router'
import { endAbsence } from '#client/queries/cover/absences.ts'
import { useSession } from '#client/session/session.ts'
import type { AbsenceLine, Absences } from '#domain/cover/absences-answer.ts'
import { ConfirmAction } from '#features/parts/confirm-action.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { Button } from '#ui/layout/button.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { AbsenceForm } from './absence-form.tsx'
import { AbsenceStateMark } from './absence-state-mark.tsx'

/** One absence: who, when, who covers, and what there is to do about it. */
export function AbsenceRow({ absence, data }: Readonly<{ absence: AbsenceLine; data: Absences }>) {
  const [isChanging, setChanging] = useState(false)
  const actor = useSession((session) => session.actor)
  const isMine = absence.who.reference === `Practitioner/${actor?.practitioner}`
  const isTheirs = isMine || actor?.role === 'manager'
  const isOpen = ['planned', 'away'].includes(absence.state)
  if (isChanging)
    return (
      <li className="cover-row__form">
        <AbsenceForm data={data} absence={absence} onClose={() => setChanging(false)} />
      </li>
    )
  return (
    <li className="cover-row">
      <div>
        <h3>{absence.who.name}</h3>
        <AbsenceStateMark state={absence.state} />
      </div>
      <AbsenceDays absence={absence} />
      <p className="cover-row__acts">
        <PackLink absence={absence} isMine={isMine} />
        {isTheirs && isOpen ? (
          <>
            <Button variant="link" onClick={() => setChanging(true)}>
              <Trans>Change</Trans>
            </Button>
            <EndAbsence absence={absence} />
          </>
        ) : null}
      </p>
    </li>
  )
}

function AbsenceDays({ absence }: Readonly<{ absence: AbsenceLine }>) {
  const { from, until, planned, cover, others, by } = absence
  return (
    <div>
      <p>
        <Trans>
          <DateText date={from} /> to <DateText date={until} />
        </Trans>
        {planned && planned !== until ? (
          <>
            {' '}
            <Trans>
              (planned until <DateText date={planned} />)
            </Trans>
          </>
        ) : null}
      </p>
      <p>
        <Trans>
          <bdi>{cover.name}</bdi> covers
        </Trans>
        {others.length > 0 ? (
          <>
            {', '}
            <Plural
              value={others.length}
              one="somebody else for # person"
              other="somebody else for # people"
            />
          </>
        ) : null}
      </p>
      <p className="gable-meta">
        <Trans>Written down by {by}</Trans>
      </p>
    </div>
  )
}

function PackLink({ absence, isMine }: Readonly<{ absence: AbsenceLine; isMine: boolean }>) {
  const me = useSession(({ actor }) => `Practitioner/${actor?.practitioner}`)
  const { id, state, cover, others } = absence
  if (state === 'back' || state === 'read')
    return isMine ? (
      <Link to={`/cover/${id}/back`}>
        <Trans>What happened while you were away</Trans>
      </Link>
    ) : null
  const isCover = cover.reference === me || others.some((each) => each.cover.reference === me)
  if (!isMine && !isCover) return null
  return (
    <Link to={`/cover/${id}`}>
      {isMine ? <Trans>What your cover should know</Trans> : <Trans>The people, one by one</Trans>}
    </Link>
  )
}

function EndAbsence({ absence: { id, state, who } }: Readonly<{ absence: AbsenceLine }>) {
  const { t } = useLingui()
  const isAway = state === 'away'
  return (
    <ConfirmAction
      verb={isAway ? <Trans>Back today</Trans> : <Trans>Withdraw</Trans>}
      label={isAway ? t`${who.name} is back today` : t`Withdraw the absence of ${who.name}`}
      variant="link"
      title={isAway ? <Trans>Back today?</Trans> : <Trans>Withdraw this absence?</Trans>}
      yes={isAway ? <Trans>Yes, back today</Trans> : <Trans>Yes, withdraw it</Trans>}
      no={<Trans>No</Trans>}
      run={() => endAbsence(id)}
      done={() => toast(isAway ? <Trans>Back today</Trans> : <Trans>Withdrawn</Trans>)}
      failed={<Trans>Not done</Trans>}
    >
      <p>
        {isAway ? (
          <Trans>From today on, {who.name} looks after their people again.</Trans>
        ) : (
          <Trans>Nobody covers then.</Trans>
        )}
      </p>
    </ConfirmAction>
  )
}
