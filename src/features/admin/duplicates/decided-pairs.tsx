import { Trans, useLingui } from '@lingui/react/macro'
import { decideAlike } from '#client/queries/patient/duplicates.ts'
import { useSession } from '#client/session/session.ts'
import type { DecidedPair } from '#domain/person/duplicates-fhir.ts'
import { ConfirmAction } from '#features/parts/confirm-action.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { PersonName } from '#ui/text/person-name.tsx'

/** What was decided about records that look alike, by whom, and the way back. */
export function DecidedPairs({ decided }: { decided: readonly DecidedPair[] }) {
  const { t } = useLingui()
  if (decided.length === 0) return null
  return (
    <section aria-label={t`Decided lately`}>
      <h2>
        <Trans>Decided lately</Trans>
      </h2>
      <ul className="gable-boxed-rows alike__decided">
        {decided.map((pair) => (
          <Decided key={pair.records.map(({ id }) => id).join(' ')} pair={pair} />
        ))}
      </ul>
    </section>
  )
}

function Decided({ pair }: { pair: DecidedPair }) {
  const { t } = useLingui()
  const role = useSession(({ actor }) => actor?.role)
  const { records, decision, by, at, seen } = pair
  const [one, other] = records
  if (!one || !other) return null
  const mayUndo = role === 'admin' || (role === 'nurse-case-manager' && decision === 'different')
  const [first, second] = [one.id, other.id]
  return (
    <li>
      <span>
        <PersonName family={one.family} given={one.given} /> (<bdi>{first}</bdi>) ·{' '}
        <PersonName family={other.family} given={other.given} /> (<bdi>{second}</bdi>):{' '}
        {decision === 'same' ? <Trans>one person</Trans> : <Trans>two people</Trans>}
      </span>
      <span className="gable-meta">
        <Trans>
          by <bdi>{by}</bdi>
        </Trans>
        {' · '}
        <DateText date={at} />
      </span>
      {mayUndo ? (
        <ConfirmAction
          verb={<Trans>Undo</Trans>}
          label={t`Undo what was decided about ${first} and ${second}`}
          variant="link"
          title={t`Undo this decision?`}
          yes={<Trans>Undo it</Trans>}
          no={<Trans>Not now</Trans>}
          run={() => decideAlike({ person: first, other: second, decision: 'undo', seen })}
          failed={<Trans>The decision was not undone</Trans>}
        >
          <p>
            {decision === 'same' ? (
              <Trans>Both records will be in use again, and are listed to be decided.</Trans>
            ) : (
              <Trans>The two records are listed to be decided again.</Trans>
            )}
          </p>
        </ConfirmAction>
      ) : null}
    </li>
  )
}
