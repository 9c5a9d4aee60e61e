import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { consentQueries } from '#client/queries/consent/consents.ts'
import { useSession } from '#client/session/session.ts'
import type { Who } from '#domain/plan/plan.ts'
import { DayText } from '#features/patient-portal/day-text.tsx'
import { Button } from '#ui/layout/button.tsx'

const atOnce = 5

/** In plain words: who can see the plan since when, who no longer, and who changed that. */
export function MyAccessHistory({ person }: { person: string }) {
  const { data: news } = useSuspenseQuery(consentQueries.accessNews(person))
  const [shown, setShown] = useState(atOnce)
  const left = news.length - shown
  if (news.length === 0) return null
  return (
    <section aria-labelledby="my-access">
      <h2 id="my-access">
        <Trans>What has changed</Trans>
      </h2>
      <p>
        <Trans>Each time someone can see the plan and record, or no longer can.</Trans>
      </p>
      <ul>
        {news.slice(0, shown).map(({ id, words, by, at }) => (
          <li key={id}>
            <p>{words}</p>
            <p className="who-looked-role">
              <ByWhom by={by} />, <DayText at={at} />
            </p>
          </li>
        ))}
      </ul>
      {left > 0 ? (
        <Button variant="outline" onClick={() => setShown(shown + atOnce)}>
          <Plural value={left} one="Show # earlier change" other="Show # earlier changes" />
        </Button>
      ) : null}
    </section>
  )
}

function ByWhom({ by }: { by: Who }) {
  const { t } = useLingui()
  const isMe = useSession(({ actor }) => by.reference === `Patient/${actor?.person ?? ''}`)
  return isMe ? t`You changed this` : t`${by.name} changed this`
}
