import { Trans } from '@lingui/react/macro'
import type { CarerShown } from '#domain/carer/carers-answer.ts'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { DateText } from '#ui/text/date-text.tsx'

type Shown = NonNullable<CarerShown['shown']>

/** What a carer shows of themselves to this reader: it never stands behind the person’s bar. */
export function ShownByCarer({
  shown,
  name,
}: Readonly<{ shown: Shown | undefined; name: string }>) {
  if (!shown)
    return (
      <p className="carer-note">
        <Trans>
          {name} shows nothing of themselves here. That is {name}’s own choice.
        </Trans>
      </p>
    )
  return (
    <div className="carer-shown">
      {shown.words || shown.heavy !== undefined ? <HowItIs shown={shown} name={name} /> : null}
      {shown.needs.length > 0 ? (
        <>
          <p className="carer-label">
            <Trans>What {name} needs</Trans>
          </p>
          <ul>
            {shown.needs.map(({ words, unmet }) => (
              <li key={words}>
                {words}{' '}
                {unmet ? (
                  <StateMark state="missing">
                    <Trans>Nobody yet</Trans>
                  </StateMark>
                ) : null}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {shown.goals.length > 0 ? (
        <>
          <p className="carer-label">
            <Trans>What {name} hopes for</Trans>
          </p>
          <ul>
            {shown.goals.map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        </>
      ) : null}
      {shown.assessedAt ? <Assessed shown={shown} /> : null}
    </div>
  )
}

function HowItIs({ shown, name }: { shown: Shown; name: string }) {
  const { heavy } = shown
  return (
    <>
      {shown.words ? <p className="gable-said">{shown.words}</p> : null}
      <p className="carer-note">
        <Trans>
          {name}’s own words, <DateText date={shown.saidAt} />
        </Trans>
        {heavy === undefined ? null : (
          <>
            {'. '}
            <Trans>How heavy it is: {heavy} of 10</Trans>
          </>
        )}
      </p>
    </>
  )
}

function Assessed({ shown: { assessedAt, decided } }: { shown: Shown }) {
  return (
    <p>
      <StateMark state={decided ? 'agreed' : 'writing'}>
        <Trans>
          Assessment done on <DateText date={assessedAt} />
        </Trans>
      </StateMark>{' '}
      {decided ? (
        decided.eligible ? (
          <Trans>{decided.by.name} decided: there is a right to support.</Trans>
        ) : (
          <Trans>{decided.by.name} decided: no right to support just now.</Trans>
        )
      ) : null}
    </p>
  )
}
