import { Trans, useLingui } from '@lingui/react/macro'
import type { ForeignLine, ForeignPlan } from '#domain/plan/foreign/foreign-plan.ts'
import { DateText } from '#ui/text/date-text.tsx'

/**
 * A plan of another system as it wrote it: who made it, its state, everything it says, and which of it the current plan
 * says too. Nothing of it is part of the current plan unless somebody writes it there.
 */
export function ForeignPlanCard({ plan }: { plan: ForeignPlan }) {
  const { t } = useLingui()
  const { title, isCurrent, status, madeBy, since, until, notes, team } = plan
  const isEmpty = plan.goals.length + plan.steps.length + plan.needs.length === 0
  return (
    <article className="foreign-plan">
      <h3>
        {isCurrent ? (
          <Trans>What else the current plan says</Trans>
        ) : (
          title || t`Plan with no title`
        )}
      </h3>
      <p className="foreign-plan__facts">
        <Trans>State: {status}</Trans>
        {madeBy.length > 0 ? (
          <>
            {' · '}
            <Trans>Made by {madeBy.join(', ')}</Trans>
          </>
        ) : null}
        {since ? (
          <>
            {' · '}
            <Trans>Since</Trans> <DateText date={since} />
          </>
        ) : null}
        {until ? (
          <>
            {' '}
            <Trans>until</Trans> <DateText date={until} />
          </>
        ) : null}
      </p>
      {notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
      <Lines title={t`Goals`} lines={plan.goals} isCurrent={isCurrent} />
      <Lines title={t`Steps`} lines={plan.steps} isCurrent={isCurrent} />
      <Lines title={t`What it is about`} lines={plan.needs} isCurrent={isCurrent} />
      {team.length > 0 ? (
        <p>
          <Trans>Team: {team.join('; ')}</Trans>
        </p>
      ) : null}
      {isEmpty ? (
        <p>
          <Trans>It has no goals.</Trans>
        </p>
      ) : null}
    </article>
  )
}

type LinesProps = Readonly<{ title: string; lines: readonly ForeignLine[]; isCurrent: boolean }>

function Lines({ title, lines, isCurrent }: LinesProps) {
  if (lines.length === 0) return null
  return (
    <>
      <h4>{title}</h4>
      <ul>
        {lines.map((line) => (
          <Line key={JSON.stringify(line)} line={line} isCurrent={isCurrent} />
        ))}
      </ul>
    </>
  )
}

function Line({ line, isCurrent }: Readonly<{ line: ForeignLine; isCurrent: boolean }>) {
  const { words, state, who, when, notes, isInCurrent } = line
  const further = [state, ...who, ...notes].filter(Boolean)
  return (
    <li>
      {words}
      {further.length > 0 || when.length > 0 ? (
        <span className="foreign-plan__more">
          {further.join(' · ')}
          {when.map((each) => (
            <span key={each}>
              {' · '}
              <When at={each} />
            </span>
          ))}
        </span>
      ) : null}
      {isCurrent ? null : (
        <span className={`foreign-plan__mark ${isInCurrent ? '' : 'is-apart'}`}>
          {isInCurrent ? (
            <Trans>The current plan says this too</Trans>
          ) : (
            <Trans>Not in the current plan</Trans>
          )}
        </span>
      )}
    </li>
  )
}

/** A day or an instant, or the other system's own words for when. */
function When({ at }: { at: string }) {
  return /^\d{4}(-\d\d){0,2}(T|$)/.test(at) ? <DateText date={at} /> : at
}
