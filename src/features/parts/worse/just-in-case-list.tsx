import { Trans } from '@lingui/react/macro'
import { clockToday } from '#client/clock.ts'
import type { JustInCase } from '#domain/plan/plan.ts'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { SaidByLine } from './said-by.tsx'

/** Medicines and equipment kept ready: what, where, who may give it, until when. */
export function JustInCaseList({ items }: Readonly<{ items: readonly JustInCase[] }>) {
  return (
    <ul className="worse-list">
      {items.map((item) => (
        <li key={item.id}>
          <p>
            <strong>{item.what}</strong>{' '}
            {item.sort === 'medicine' ? <Trans>(medicine)</Trans> : <Trans>(equipment)</Trans>}
          </p>
          <p>
            {item.where ? (
              <Trans>Kept: {item.where}.</Trans>
            ) : (
              <Trans>Where it is kept: not said yet.</Trans>
            )}{' '}
            {item.whoMay ? (
              <Trans>May be given or used by: {item.whoMay}.</Trans>
            ) : (
              <Trans>Who may give or use it: not said yet.</Trans>
            )}
          </p>
          <Until until={item.until} />
          <SaidByLine said={item.said} />
        </li>
      ))}
    </ul>
  )
}

function Until({ until }: { until: string | undefined }) {
  if (!until)
    return (
      <p>
        <StateMark state="missing">
          <Trans>Until when: not said yet</Trans>
        </StateMark>
      </p>
    )
  const isOver = until < clockToday()
  return (
    <p>
      <StateMark state={isOver ? 'failed' : 'agreed'}>
        {isOver ? (
          <Trans>
            Out of date since <DateText date={until} />: do not use it, ask for a new one
          </Trans>
        ) : (
          <Trans>
            May be used until <DateText date={until} />
          </Trans>
        )}
      </StateMark>
    </p>
  )
}
