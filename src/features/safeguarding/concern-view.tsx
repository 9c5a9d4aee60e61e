import { Trans, useLingui } from '@lingui/react/macro'
import type { SafeguardingState, ShownConcern } from '#domain/social-care/safeguarding.ts'
import { type MarkState, StateMark } from '#ui/feedback/state-mark.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { ConcernActs } from './concern-acts.tsx'
import { useSafeguardingWords } from './use-safeguarding-words.ts'

const marks: Readonly<Record<SafeguardingState, MarkState>> = {
  'to-decide': 'due',
  enquiry: 'writing',
  'no-enquiry': 'missing',
  closed: 'agreed',
}

/** One concern: for whoever raised it what they said and how far it is, for the enquiry’s own people the whole. */
export function ConcernView({ concern }: Readonly<{ concern: ShownConcern }>) {
  const { t } = useLingui()
  const words = useSafeguardingWords()
  const { state, isWhole, raisedBy, raisedAt } = concern
  return (
    <section className="gable-section carer-shown" aria-label={t`A safeguarding concern`}>
      <h2>
        <StateMark state={marks[state]}>{words.states[state]}</StateMark>
      </h2>
      <p className="carer-note">
        <Trans>
          Raised by {raisedBy.name}, <DateText date={raisedAt} />
        </Trans>
      </p>
      <Said concern={concern} />
      {isWhole ? (
        <>
          <Course concern={concern} />
          <ConcernActs concern={concern} />
          <Looked concern={concern} />
        </>
      ) : (
        <p className="carer-note">
          <Trans>You raised it. The enquiry itself is for its own people alone.</Trans>
        </p>
      )}
    </section>
  )
}

function Said({ concern }: Readonly<{ concern: ShownConcern }>) {
  const { t } = useLingui()
  const words = useSafeguardingWords()
  const rows = [
    [t`What happened, or is feared`, concern.about],
    [t`Who is at risk, and of what`, concern.risk],
    [t`What the person wants to happen`, concern.wishes],
    [t`The person agrees that it is raised`, words.consents[concern.consent]],
    [t`Why without consent`, concern.withoutConsent],
    [t`What was done at once`, concern.safety],
    [t`May be a source of harm`, concern.sources.map(({ name }) => name).join(', ')],
  ] as const
  return (
    <dl className="support-facts">
      {rows.map(([label, said]) =>
        said ? (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{said}</dd>
          </div>
        ) : null,
      )}
    </dl>
  )
}

function Course({
  concern: { decision, notes, closed, members, removed },
}: Readonly<{ concern: ShownConcern }>) {
  const words = useSafeguardingWords()
  return (
    <>
      {decision ? (
        <p>
          <strong>{words.decisions[decision.what]}</strong>: {decision.reasons}{' '}
          <span className="carer-note">
            <Trans>
              {decision.by}, <DateText date={decision.at} />
            </Trans>
          </span>
        </p>
      ) : null}
      <ul className="support-answers">
        {notes.map((note) => (
          <li key={note.at}>
            {note.words}
            <p className="carer-note">
              <Trans>
                {note.by}, <DateText date={note.at} />
              </Trans>
            </p>
          </li>
        ))}
      </ul>
      {closed ? (
        <p>
          <strong>
            {words.risks[closed.risk]}. {words.wishes[closed.wishes]}.
          </strong>{' '}
          {closed.words}{' '}
          <span className="carer-note">
            <Trans>
              {closed.by}, <DateText date={closed.at} />
            </Trans>
          </span>
        </p>
      ) : null}
      {members.length > 0 ? (
        <p>
          <Trans>Takes part: {members.map(({ name }) => name).join(', ')}</Trans>
        </p>
      ) : null}
      {removed.map(({ who, words: why, by, at }) => (
        <p key={at}>
          <Trans>
            {who.name} takes no more part: {why}
          </Trans>{' '}
          <span className="carer-note">
            <Trans>
              {by}, <DateText date={at} />
            </Trans>
          </span>
        </p>
      ))}
    </>
  )
}

function Looked({ concern: { looked } }: Readonly<{ concern: ShownConcern }>) {
  if (looked.length === 0) return null
  return (
    <details>
      <summary>
        <Trans>Who has read it</Trans>
      </summary>
      <ul>
        {looked.map(({ name, at }) => (
          <li key={name}>
            {name}, <DateText date={at} />
          </li>
        ))}
      </ul>
    </details>
  )
}
