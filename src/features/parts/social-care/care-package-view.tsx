import { Plural, Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { weekdays } from '#domain/contact/service-hours.ts'
import type { CarePackage } from '#domain/social-care/care-package.ts'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { useWeekdayWords } from './use-weekday-words.ts'

type Props = Readonly<{
  one: CarePackage
  /** what can be done about a missed visit */
  acts?: (missed: CarePackage['missed'][number]) => ReactNode
}>

/** Who comes and when, what changed and why, and which visits did not happen. */
export function CarePackageView({ one, acts }: Props) {
  const { startsOn, endsOn, changes } = one
  return (
    <div className="carer-shown">
      <p>
        {endsOn ? (
          <Trans>
            From <DateText date={startsOn} /> to <DateText date={endsOn} />
          </Trans>
        ) : (
          <Trans>
            From <DateText date={startsOn} />
          </Trans>
        )}
      </p>
      <Visits one={one} />
      <MissedVisits {...{ one }} {...(acts ? { acts } : {})} />
      {changes.length > 0 ? (
        <ul className="support-answers">
          {changes.map(({ at, by, reason }) => (
            <li key={at}>
              <Trans>
                Changed by {by} on <DateText date={at} />: {reason}
              </Trans>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}

function Visits({ one: { visits, provider } }: Readonly<{ one: CarePackage }>) {
  const words = useWeekdayWords()
  return (
    <table className="carer-outcomes">
      <caption className="nhsuk-u-visually-hidden">
        <Trans>Visits by {provider}</Trans>
      </caption>
      <tbody>
        {visits.map(({ id, days, at, minutes, workers, tasks }) => (
          <tr key={id}>
            <th scope="row">
              <bdi>{at}</bdi>
              <div className="carer-note">
                <Plural value={minutes} one="# minute" other="# minutes" />
              </div>
            </th>
            <td>
              <div>
                {weekdays
                  .filter((each) => days.includes(each))
                  .map((each) => words[each])
                  .join(', ')}
              </div>
              {tasks ? <div>{tasks}</div> : null}
              {workers > 1 ? (
                <div className="carer-note">
                  <Plural value={workers} one="# person comes" other="# people come" />
                </div>
              ) : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function MissedVisits({ one, acts }: Props) {
  const visitOf = (id: string) => one.visits.find((each) => each.id === id)?.at ?? ''
  if (one.missed.length === 0) return null
  return (
    <ul className="support-answers">
      {one.missed.map((missed) => {
        const { id, visit, on, words, by, at, settled } = missed
        return (
          <li key={id}>
            <StateMark state={settled ? 'agreed' : 'failed'}>
              <Trans>
                Nobody came on <DateText date={on} /> <bdi>{visitOf(visit)}</bdi>
              </Trans>
            </StateMark>
            {words ? <p className="gable-said">{words}</p> : null}
            <p className="carer-note">
              <Trans>
                {by.name}, <DateText date={at} />
              </Trans>
            </p>
            {settled ? (
              <p>
                <Trans>
                  {settled.by}, <DateText date={settled.at} />: {settled.words}
                </Trans>
              </p>
            ) : (
              acts?.(missed)
            )}
          </li>
        )
      })}
    </ul>
  )
}
