import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { noteLastViewed } from '#client/forms/last-viewed.ts'
import { houseRooms } from '#domain/plan/plan.ts'
import { Avatar } from '#ui/layout/avatar.tsx'
import { Button } from '#ui/layout/button.tsx'
import { ShortList } from '#ui/layout/short-list.tsx'
import { EventText } from './components/event-text.tsx'
import { WhenText } from './components/when-text.tsx'
import { roomLabels } from './labels.ts'
import type { HouseView } from './use-house.ts'

/** The line itself quotes what was suggested. */
const areItsSubject: readonly string[] = ['suggest', 'decide']

/** What others did since this user's last visit. */
export function ChangesSinceLastVisit({
  view: { house, news, isFirstVisit },
}: {
  view: HouseView
}) {
  const { i18n } = useLingui()
  const [isNarrow] = useState(() => matchMedia('(max-width: 720px)').matches)
  return (
    <section aria-labelledby="since-title" className="gable-since">
      <h2 id="since-title">
        {isFirstVisit ? <Trans>What happened lately</Trans> : <Trans>Since you last looked</Trans>}
      </h2>
      {news.length === 0 ? (
        <p>
          <Trans>Nothing new.</Trans>
        </p>
      ) : (
        <>
          <ShortList
            className="gable-plain-list"
            most={isNarrow ? 2 : 3}
            items={news.slice(0, 8).map((event) => (
              <li key={event.id} className="gable-since__item">
                <Avatar name={event.by.name} voice={event.by.voice} />
                <div>
                  <EventText house={house} event={event} />
                  {event.words && !areItsSubject.includes(event.kind) ? <p>{event.words}</p> : null}
                  <p className="gable-meta">
                    <WhenText at={event.at} /> · {i18n._(roomLabels[event.room])}
                  </p>
                </div>
              </li>
            ))}
          />
          <Button variant="link" onClick={() => noteLastViewed(house.person, houseRooms)}>
            <Trans>Mark all as seen</Trans>
          </Button>
        </>
      )}
    </section>
  )
}
