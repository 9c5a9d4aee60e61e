import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { clockToday, dayHere } from '#client/clock.ts'
import { useRestrictions } from '#client/queries/consent/restrictions.ts'
import { conversationsQuery } from '#client/queries/preparation/conversation.ts'
import { visitsQuery } from '#client/queries/preparation/visits.ts'
import { type Visit, visitsAround, visitsSince } from '#domain/preparation/visits.ts'
import { lastHeld } from '#domain/review/held-review.ts'
import { RestrictedMark } from '#ui/feedback/restricted-mark.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { VisitLine } from './visit-line.tsx'

type VisitsProps = Readonly<{
  person: string
  /** who reads: the person, a carer or staff */
  to: 'person' | 'professional'
  /** staff read it, and the person is given the page: what is hidden from the person is not on it */
  isHandedOver?: boolean
}>

/** Where the person was seen since the last conversation, what came of it, and what is planned, in plain words. */
export function Visits({ person, to, isHandedOver = false }: VisitsProps) {
  const { data: conversations } = useSuspenseQuery(conversationsQuery(person))
  const { data: visits } = useSuspenseQuery(visitsQuery(person))
  const held = lastHeld(conversations.held)
  const since = visitsSince(held && dayHere(held.at), clockToday())
  const restrictionOf = useRestrictions()
  const isHidden = ({ id }: { id: string }) => isHandedOver && (restrictionOf(id)?.between ?? false)
  const { past, upcoming, undated } = visitsAround(withoutHidden(visits, isHidden), since)
  const shown = [...past, ...upcoming, ...undated]
  return (
    <div className="visits">
      <p>
        {held ? (
          <Trans>
            Since the last talk, <DateText date={since} />:
          </Trans>
        ) : (
          <Trans>
            No talk is recorded before this one. Since <DateText date={since} />:
          </Trans>
        )}
      </p>
      {past.length === 0 ? (
        <p className="visits__none">
          <Trans>
            No visits are recorded since <DateText date={since} />.
          </Trans>
        </p>
      ) : null}
      <VisitList visits={past} to={to} />
      {undated.length > 0 ? (
        <>
          <p>
            <Trans>The record does not say on which day:</Trans>
          </p>
          <VisitList visits={undated} to={to} />
        </>
      ) : null}
      <p>
        {upcoming.length > 0 ? (
          <Trans>Planned:</Trans>
        ) : (
          <Trans>No visit is planned, as far as is known here.</Trans>
        )}
      </p>
      <VisitList visits={upcoming} to={to} />
      <p className={to === 'person' ? 'my-small' : 'gable-meta'}>
        <Trans>Visits that nobody sent to this record are not known here.</Trans>
      </p>
      {shown.some(hasPlainWords) ? <PlainWordsNote to={to} /> : null}
    </div>
  )
}

const withoutHidden = (visits: readonly Visit[], isHidden: (each: { id: string }) => boolean) =>
  visits
    .filter((each) => !isHidden(each))
    .map((each) => ({ ...each, outcomes: each.outcomes.filter((one) => !isHidden(one)) }))

const hasPlainWords = ({ plainWhy, outcomes }: Visit) =>
  plainWhy !== undefined || outcomes.some(({ plain }) => plain !== undefined)

function PlainWordsNote({ to }: Pick<VisitsProps, 'to'>) {
  return (
    <p className={to === 'person' ? 'my-small' : 'gable-meta'}>
      <Trans>These plain words are ours. No doctor or nurse has checked them yet.</Trans>
    </p>
  )
}

type ListProps = Readonly<{ visits: readonly Visit[] }> & Pick<VisitsProps, 'to'>

function VisitList({ visits, to }: ListProps) {
  const { t } = useLingui()
  const restrictionOf = useRestrictions()
  if (visits.length === 0) return null
  return (
    <ul className={to === 'person' ? 'my-list' : 'gable-plain-list'} aria-label={t`Visits`}>
      {visits.map((visit) => (
        <li key={visit.id} className={to === 'person' ? 'my-card' : 'visits__one'}>
          <VisitLine visit={visit} to={to} />
          <RestrictedMark to={to} restriction={restrictionOf(visit.id)} />
        </li>
      ))}
    </ul>
  )
}
