import { Trans, useLingui } from '@lingui/react/macro'
import type { FormAnswers } from '#domain/assessment/form.ts'
import type { SeparateValue } from '#domain/assessment/instruments/instrument.ts'

type Props = Readonly<{ values: readonly SeparateValue[]; answers: FormAnswers }>

/** Values that are never added up, each with its word. */
export function SeparateValues({ values, answers }: Props) {
  const { t } = useLingui()
  return (
    <section className="assess-score" aria-label={t`Results`}>
      <p>
        <Trans>There is no total: each answer stands for itself.</Trans>
      </p>
      <dl className="assess-parts">
        {values.map((each) => (
          <div key={each.item}>
            <dt>{each.name}</dt>
            <dd>
              <OneValue of={each} answers={answers} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function OneValue({ of, answers }: Pick<Props, 'answers'> & { of: SeparateValue }) {
  const value = answers[of.item]?.[0]
  const band =
    typeof value === 'number'
      ? of.bands.find(({ from, to }) => value >= from && value <= to)
      : undefined
  if (!band) return <Trans>Could not be worked out: not answered</Trans>
  return (
    <Trans>
      <strong>{band.name}</strong>: {String(value)} of {of.max}. {band.meaning}
    </Trans>
  )
}
