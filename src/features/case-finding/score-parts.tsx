import type { MessageDescriptor } from '@lingui/core'
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { monthWritten } from '#domain/calendar/days.ts'
import type { PartKind } from '#domain/risk/published/part-kinds.ts'
import type { ShownPart } from '#domain/risk/score-parameters.ts'
import { DateText } from '#ui/text/date-text.tsx'
import { kindLabels, notCountedLabels } from './published-labels.ts'

type PartsProps = Readonly<{
  /** what this score counts at all */
  kinds: readonly PartKind[]
  parts: readonly ShownPart[]
  words: Readonly<Record<string, MessageDescriptor>>
  /** coefficients mean nothing to a reader: they are behind */
  withPoints?: boolean
  /** in place of "nothing on the record" for a kind */
  unknown?: Readonly<Partial<Record<PartKind, ReactNode>>>
}>

/** A score opened into its parts, in plain names: what counts, since when, and what the last year added. */
export function ScoreParts({ kinds, parts, words, withPoints = false, unknown }: PartsProps) {
  const { t } = useLingui()
  const left = (['age', 'condition', 'use'] as const).filter((kind) => !kinds.includes(kind))
  return (
    <>
      <dl className="score__parts">
        {kinds.map((kind) => {
          // an answer that was downloaded before parts had kinds is about conditions
          const some = parts.filter((part) => (part.kind || 'condition') === kind)
          return (
            <div key={kind}>
              <dt>{t(kindLabels[kind])}</dt>
              <dd>
                {some.length > 0 ? (
                  <ul>
                    {some.map((part) => (
                      <Part key={part.code} {...{ part, words, withPoints }} />
                    ))}
                  </ul>
                ) : (
                  (unknown?.[kind] ?? <Trans>Nothing on the record</Trans>)
                )}
              </dd>
            </div>
          )
        })}
        <LastYear {...{ kinds, parts, words }} />
      </dl>
      {left.length > 0 ? (
        <p className="gable-meta">
          <Trans>
            Not counted in this score: {left.map((kind) => t(notCountedLabels[kind])).join(', ')}
          </Trans>
        </p>
      ) : null}
    </>
  )
}

type One = Pick<PartsProps, 'words' | 'withPoints'> & Readonly<{ part: ShownPart }>

function Part({ part, words, withPoints }: One) {
  const name = useName(words)(part)
  const { points, overruledBy } = part
  return (
    <li>
      {part.kind === 'age' ? (
        part.value
      ) : (
        <>
          {name}
          <Value part={part} />
          <Since part={part} />
        </>
      )}
      {overruledBy ? (
        <>
          {', '}
          <Trans>counted by its more severe form</Trans>
        </>
      ) : withPoints && points !== undefined ? (
        <span className="gable-meta">
          {' · '}
          <Plural value={points} one="# point" other="# points" />
        </span>
      ) : null}
    </li>
  )
}

/** Plain words for a part; a part without its own is called as the record calls it. */
function useName(words: PartsProps['words']) {
  const { t } = useLingui()
  return ({ code, inputs }: ShownPart) => {
    const known = words[code]
    return known ? t(known) : inputs[0]?.display || code
  }
}

/** What was counted or measured; yes or no where there is nothing to count. */
function Value({ part: { kind, value, points } }: { part: ShownPart }) {
  const { t } = useLingui()
  if (value) return <>: {value}</>
  return kind === 'use' ? <>: {points ? t`yes` : t`no`}</> : null
}

function Since({ part: { kind, since } }: { part: ShownPart }) {
  if (kind === 'use' || kind === 'place') return null
  if (!since)
    return (
      <>
        {', '}
        <Trans>no date</Trans>
      </>
    )
  const month = <DateText date={monthWritten(since)} />
  if (kind === 'medicine') return <>, {<Trans>as prescribed in {month}</Trans>}</>
  if (kind === 'measurement') return <>, {<Trans>measured in {month}</Trans>}</>
  return <>, {<Trans>since {month}</Trans>}</>
}

/** By the dates of the records; what adds no points is left out. */
function LastYear({ kinds, parts, words }: Pick<PartsProps, 'kinds' | 'parts' | 'words'>) {
  const nameOf = useName(words)
  // measured now: not a course over a year
  if (kinds.every((kind) => kind === 'measurement')) return null
  const added = parts.filter(
    ({ lastYear, points = 1, kind }) => lastYear && points !== 0 && kind !== 'measurement',
  )
  return (
    <div>
      <dt>
        <Trans>Added in the last year</Trans>
      </dt>
      <dd>
        {added.length > 0 ? (
          added.map(nameOf).join(', ')
        ) : (
          <Trans>Nothing with a date in the last year</Trans>
        )}
      </dd>
    </div>
  )
}
