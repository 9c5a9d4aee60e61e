import { Trans, useLingui } from '@lingui/react/macro'
import { scoreChange } from '#domain/assessment/instruments/score-change.ts'
import type { Band, ScoreRule } from '#domain/assessment/instruments/score-rule.ts'
import type { AssessmentRecord } from '#domain/assessment/record.ts'
import { BandChart } from '#ui/charts/band-chart.tsx'
import { StateMark } from '#ui/feedback/state-mark.tsx'

type Value = Readonly<{ at: string; value: number; band?: string | undefined }>

type Props = Readonly<{
  name: string
  rule: Pick<ScoreRule, 'bands' | 'better' | 'change' | 'unit'>
  /** newest first */
  values: readonly Value[]
}>

/** What a score was, over time, and whether the last change is more than chance. */
export function ScorePicture({ name, rule, values }: Props) {
  const { t, i18n } = useLingui()
  const [last, before] = values
  if (!last) return null
  const words = (value: number) =>
    rule.unit ? `${i18n.number(value)} ${rule.unit.display}` : i18n.number(value)
  const bandAt = ({ value, band }: Value): Band | undefined =>
    rule.bands.find(({ code }) => code === band) ??
    rule.bands.find(({ from, to, notByTotal }) => !notByTotal && value >= from && value <= to)
  const bandName = bandAt(last)?.name ?? ''
  const lastWords = words(last.value)
  return (
    <div className="assess-picture">
      <BandChart
        points={values.toReversed()}
        bands={rule.bands.filter(({ notByTotal }) => !notByTotal)}
        label={
          before
            ? t`${name}: ${lastWords}, ${bandName}. Before that ${words(before.value)}.`
            : t`${name}: ${lastWords}, ${bandName}. Asked once.`
        }
        words={words}
        nameOf={(point) => bandAt(point)?.name}
      />
      {before && <ChangeLine rule={rule} before={before.value} now={last.value} words={words} />}
    </div>
  )
}

type ChangeProps = Pick<Props, 'rule'> &
  Readonly<{ before: number; now: number; words: (value: number) => string }>

function ChangeLine({ rule, before, now, words }: ChangeProps) {
  const { t } = useLingui()
  const { by, way, matters } = scoreChange(rule, before, now)
  const size = words(Math.abs(by))
  const said = {
    same: t`The same as last time`,
    better: t`Better by ${size}`,
    worse: t`Worse by ${size}`,
  }
  const marks = { same: 'missing', better: 'agreed', worse: 'due' } as const
  const isSmall = matters === false && way !== 'same'
  return (
    <>
      <StateMark state={isSmall ? 'missing' : marks[way]}>
        {said[way]}
        {isSmall && (
          <>
            : <Trans>less than the change that matters</Trans>
          </>
        )}
      </StateMark>
      {rule.change && <WhatMatters change={rule.change} />}
    </>
  )
}

function WhatMatters({ change }: { change: NonNullable<ScoreRule['change']> }) {
  const { by, source, verified } = change
  return (
    <p className="assess-meta">
      <Trans>
        A change of {by} or more is worth a talk ({source}).
      </Trans>{' '}
      {!verified && <Trans>We have not checked this number against the publication.</Trans>}
    </p>
  )
}

/** The values of one question over time, newest first, from answers. */
export const valuesOf = (done: readonly AssessmentRecord[], item: string): readonly Value[] =>
  done.flatMap(({ at, answers }) => {
    const value = answers[item]?.[0]
    return at && typeof value === 'number' ? [{ at, value }] : []
  })
