import { Plural, Trans } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { useOffline } from '#client/offline/use-offline.ts'
import { gapsQuery } from '#client/queries/quality/gaps.ts'
import { useSession } from '#client/session/session.ts'

/** For how many of those whom the reader coordinates something is due by a measure. Nothing if there are none. */
export function DueWaits() {
  const actor = useSession((session) => session.actor)
  const isAway = useOffline((all) => all.isAway)
  const { data } = useQuery({ ...gapsQuery(actor?.identity ?? ''), enabled: !isAway })
  const people = (data?.people ?? []).filter(({ coordinator }) => coordinator === actor?.name)
  if (people.length === 0) return null
  return (
    <p>
      <Plural
        value={people.length}
        one="By standard measures, something is due for # person you coordinate."
        other="By standard measures, something is due for # people you coordinate."
      />{' '}
      <Link to="/find/gaps">
        <Trans>What is due</Trans>
      </Link>
    </p>
  )
}
