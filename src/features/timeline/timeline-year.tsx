import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useRestrictions } from '#client/queries/consent/restrictions.ts'
import type { StoryEvent } from '#domain/timeline/event.ts'
import type { ReadingGroup, StoryYear } from '#domain/timeline/fold.ts'
import { TimelineDate } from '#features/parts/timeline-date.tsx'
import { RestrictedMark } from '#ui/feedback/restricted-mark.tsx'
import { useActLabels, useNameLabels } from './labels.ts'

/** One year of a life: what happened, and below it the readings, folded. */
export function TimelineYear({ year }: { year: StoryYear }) {
  const { t } = useLingui()
  const headingId = `story-${year.year ?? 'undated'}`
  return (
    <section className="story-year" aria-labelledby={headingId}>
      <h2 id={headingId}>
        <bdi>{year.year ?? t`No date in the record`}</bdi>
      </h2>
      <div>
        {year.events.length > 0 && (
          <ul className="story-events">
            {year.events.map((event) => (
              <EventRow key={event.id} event={event} />
            ))}
          </ul>
        )}
        {year.readingCount > 0 && <Readings year={year} />}
      </div>
    </section>
  )
}

function EventRow({ event }: { event: StoryEvent }) {
  const acts = useActLabels()
  const nameOf = useNameLabels()
  const restrictionOf = useRestrictions()
  return (
    <li className={`story-event story-${event.kind}`}>
      <p className="story-when">
        <TimelineDate at={event.at} />
      </p>
      <div>
        <p className="story-what">
          <span className="story-act">{acts[event.act]}</span> {nameOf(event.named, event.act)}
        </p>
        {event.detail && (
          <p className="story-detail">
            {event.kind === 'assessment' ? <Trans>Score {event.detail}</Trans> : event.detail}
          </p>
        )}
        {event.act === 'admitted' && event.until && (
          <p className="story-detail">
            <Trans>
              Until <TimelineDate at={event.until} />
            </Trans>
          </p>
        )}
        <RestrictedMark restriction={restrictionOf(event.source)} />
      </div>
    </li>
  )
}

function Readings({ year }: { year: StoryYear }) {
  return (
    <details className="story-readings">
      <summary>
        <Plural value={year.readingCount} one="Show # reading" other="Show all # readings" />
      </summary>
      <dl>
        {year.readings.map((group) => (
          <ReadingRow key={group.events[0]?.id} group={group} />
        ))}
      </dl>
    </details>
  )
}

function ReadingRow({ group }: { group: ReadingGroup }) {
  const { t } = useLingui()
  const nameOf = useNameLabels()
  const restrictionOf = useRestrictions()
  return (
    <div>
      <dt>{nameOf(group.named)}</dt>
      {group.events.map((event) => (
        <dd key={event.id}>
          <bdi>{event.detail ?? t`no value`}</bdi>{' '}
          <span className="story-detail">
            <TimelineDate at={event.at} />
          </span>
          <RestrictedMark restriction={restrictionOf(event.source)} />
        </dd>
      ))}
    </div>
  )
}
