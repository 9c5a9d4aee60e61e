import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { safeguardingQuery } from '#client/queries/social-care/safeguarding.ts'
import { useSession } from '#client/session/session.ts'
import { toLookInto } from '#domain/social-care/safeguarding.ts'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { PersonName } from '#ui/text/person-name.tsx'

/** The concerns that wait for this social worker: to be decided first, then enquiries that are open. */
export function SafeguardingRows() {
  const { t } = useLingui()
  const identity = useSession((session) => session.actor?.identity ?? '')
  const { data } = useSuspenseQuery(safeguardingQuery(identity))
  const open = toLookInto(data).toSorted(
    (one, other) =>
      Number(one.state === 'enquiry') - Number(other.state === 'enquiry') ||
      one.raisedAt.localeCompare(other.raisedAt),
  )
  if (open.length === 0) return null
  return (
    <section className="gable-section" aria-label={t`Safeguarding`}>
      <h2>
        <Trans>Safeguarding</Trans> ({open.length})
      </h2>
      <ul className="gable-boxed-rows">
        {open.map(({ id, patient, family, given, state, raisedAt }) => (
          <li key={id} className="social-care-row">
            <h3>
              <Link to={`/people/${patient}/safeguarding`}>
                <PersonName {...{ family, given }} />
              </Link>
            </h3>
            <p>
              {state === 'to-decide' ? (
                <StateMark state="due">
                  <Trans>Decide whether there is an enquiry</Trans>
                </StateMark>
              ) : (
                <StateMark state="writing">
                  <Trans>Enquiry</Trans>
                </StateMark>
              )}
            </p>
            <p className="gable-meta">
              <Trans>
                Since <DateText date={raisedAt} />
              </Trans>
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}
