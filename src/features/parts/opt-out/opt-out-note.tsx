import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { optOutsQuery } from '#client/queries/consent/opt-outs.ts'
import { lastSaid } from '#domain/opt-out/opt-out.ts'

/** On every page about a person: what they said no to that concerns whoever treats them. */
export function OptOutNote({ person }: { person: string }) {
  const { t } = useLingui()
  const { data: optOuts = [] } = useQuery(optOutsQuery(person))
  const finding = lastSaid(optOuts, 'finding')?.stands
  const ofCase = lastSaid(optOuts, 'case')?.stands
  if (!finding && !ofCase) return null
  return (
    <aside className="gable-strip" aria-label={t`What the person said no to`}>
      <strong>
        {finding && ofCase ? (
          <Trans>Said no to being looked for and to case management.</Trans>
        ) : ofCase ? (
          <Trans>Said no to case management.</Trans>
        ) : (
          <Trans>Said no to being looked for.</Trans>
        )}
      </strong>{' '}
      <Trans>Care stays the same.</Trans>{' '}
      <Link to={`/people/${person}/sharing#said-no`}>
        <Trans>What this means</Trans>
      </Link>
    </aside>
  )
}
