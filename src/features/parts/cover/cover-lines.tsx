import { Trans } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { absencesQuery } from '#client/queries/cover/absences.ts'
import { useSession } from '#client/session/session.ts'
import type { AbsenceLine } from '#domain/cover/absences-answer.ts'
import { DateText } from '#ui/text/date-text.tsx'

/** On Today: days away of the reader, and whose people they look after now. Nothing if there is neither. */
export function CoverLines() {
  const actor = useSession((session) => session.actor)
  const { data } = useQuery(absencesQuery(actor?.identity ?? ''))
  const me = `Practitioner/${actor?.practitioner}`
  const mine = (data?.absences ?? []).filter(
    ({ who, state }) => who.reference === me && state !== 'read',
  )
  const covered = (data?.absences ?? []).filter(
    ({ cover, others, state }) =>
      state === 'away' && [cover, ...others.map((each) => each.cover)].some(isMe(me)),
  )
  return (
    <>
      {mine.map((absence) => (
        <Mine key={absence.id} absence={absence} />
      ))}
      {covered.map(({ id, who, until }) => (
        <p key={id} className="gable-meta">
          <Trans>
            You cover for <bdi>{who.name}</bdi> until <DateText date={until} />.
          </Trans>{' '}
          <Link to={`/cover/${id}`}>
            <Trans>The people, one by one</Trans>
          </Link>
        </p>
      ))}
    </>
  )
}

const isMe =
  (me: string) =>
  ({ reference }: Readonly<{ reference: string }>) =>
    reference === me

function Mine({ absence: { id, state, from, until, cover } }: Readonly<{ absence: AbsenceLine }>) {
  if (state === 'back')
    return (
      <p className="gable-meta">
        <Link to={`/cover/${id}/back`}>
          <Trans>What happened while you were away</Trans>
        </Link>
      </p>
    )
  return (
    <p className="gable-meta">
      <Trans>
        You are away from <DateText date={from} /> to <DateText date={until} />.{' '}
        <bdi>{cover.name}</bdi> covers.
      </Trans>{' '}
      <Link to={`/cover/${id}`}>
        <Trans>What your cover should know</Trans>
      </Link>
    </p>
  )
}
