import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useRestrictions } from '#client/queries/consent/restrictions.ts'
import type { StoryEvent } from '#domain/timeline/event.ts'
import type { ReadingGroup, StoryYear } from '#domain/timeline/fold.ts'
import { TimelineDate } from '#features/parts/timeline-date.tsx'
import { useActLabels, useNameLabels } from '#features/parts/year/story-labels.ts'
import { RestrictedMark } from '#ui/feedback/restricted-mark.tsx'
import { Button } from '#ui/layout/button.tsx'

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

/** Drawn only once it is opened: somebody who measures each day has thousands. */
function Readings({ year }: { year: StoryYear }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <details className="story-readings" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <Plural value={year.readingCount} one="Show # reading" other="Show all # readings" />
      </summary>
      {isOpen && <ReadingGroups groups={year.readings} />}
    </details>
  )
}

/** The newest of each kind of reading, with more on request. */
export function ReadingGroups({ groups }: { groups: readonly ReadingGroup[] }) {
  return (
    <dl>
      {groups.map((group) => (
        <ReadingRow key={group.events[0]?.id} group={group} />
      ))}
    </dl>
  )
}

const firstReadings = 20
const furtherReadings = 200

function ReadingRow({ group }: { group: ReadingGroup }) {
  const { t } = useLingui()
  const [shown, setShown] = useState(firstReadings)
  const left = group.events.length - shown
  const nameOf = useNameLabels()
  const restrictionOf = useRestrictions()
  return (
    <div>
      <dt>{nameOf(group.named)}</dt>
      {group.events.slice(0, shown).map((event) => (
        <dd key={event.id}>
          <bdi>{event.detail ?? t`no value`}</bdi>{' '}
          <span className="story-detail">
            <TimelineDate at={event.at} />
          </span>
          <RestrictedMark restriction={restrictionOf(event.source)} />
        </dd>
      ))}
      {left > 0 && (
        <dd>
          <Button variant="outline" onClick={() => setShown(shown + furtherReadings)}>
            <Plural
              value={left}
              one="Show earlier: # more reading"
              other="Show earlier: # more readings"
            />
          </Button>
        </dd>
      )}
    </div>
  )
}
