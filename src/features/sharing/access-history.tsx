import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { consentQueries } from '#client/queries/consent/consents.ts'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Button } from '#ui/layout/button.tsx'
import { DateText } from '#ui/text/date-text.tsx'

const atOnce = 10

/** How who sees this person has changed: who came, who went, by whom and when. */
export function AccessHistory({ person }: { person: string }) {
  const { t } = useLingui()
  const { data: news } = useSuspenseQuery(consentQueries.accessNews(person))
  const [shown, setShown] = useState(atOnce)
  return (
    <section aria-labelledby="sharing-changes">
      <h2 id="sharing-changes">
        <Trans>Changes to who can see this</Trans>
      </h2>
      {news.length === 0 ? (
        <EmptyState title={t`No changes yet`}>
          <Trans>When someone gets or loses access to this record, it is listed here.</Trans>
        </EmptyState>
      ) : (
        <ul className="sharing-list">
          {news.slice(0, shown).map(({ id, words, by, at }) => (
            <li key={id}>
              <p>{words}</p>
              <p className="sharing-meta">
                {by.name}, <DateText date={at} />
              </p>
            </li>
          ))}
        </ul>
      )}
      {news.length > shown ? (
        <Button variant="outline" onClick={() => setShown(shown + atOnce)}>
          <Trans>Show earlier</Trans>
        </Button>
      ) : null}
    </section>
  )
}
