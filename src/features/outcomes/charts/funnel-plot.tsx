import { Trans, useLingui } from '@lingui/react/macro'
import { binomialLimits } from '#domain/outcome/binomial-limits.ts'
import type { Funnel } from '#domain/outcome/team-places.ts'

const steps = 40

/** Teams by size and share over two shades of chance. */
export function FunnelPlot({ funnel, label }: Readonly<{ funnel: Funnel; label: string }>) {
  const { i18n } = useLingui()
  const { places, share } = funnel
  const most = Math.max(...places.map(({ denominator }) => denominator)) * 1.15
  const least = Math.min(...places.map(({ denominator }) => denominator)) * 0.6
  const sizes = Array.from({ length: steps + 1 }, (_, at) =>
    Math.max(1, Math.round(least + ((most - least) * at) / steps)),
  )
  const limits = [0.002, 0.05].map((outside) =>
    sizes.map((size) => ({ size, ...binomialLimits(size, share, outside) })),
  )
  const shares = limits.flat().flatMap(({ size, low, high }) => [low / size, high / size])
  const values = [...shares, ...places.map(({ value }) => value / 100)]
  const [bottom, top] = [Math.min(...values), Math.max(...values)]
  const x = (size: number) => (100 * (size - least)) / (most - least)
  const y = (value: number) => 4 + (92 * (top - value)) / (top - bottom || 1)
  const percent = (value: number) => i18n.number(100 * value, { maximumFractionDigits: 0 })
  return (
    <div className="funnel" dir="ltr" role="img" aria-label={label}>
      <div className="funnel__plot" aria-hidden="true">
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
          {limits.map((line, at) => (
            <polygon
              key={at === 0 ? 'far' : 'near'}
              className={at === 0 ? 'funnel__far' : 'funnel__near'}
              points={[
                ...line.map(({ size, high }) => `${x(size)},${y(high / size)}`),
                ...line.toReversed().map(({ size, low }) => `${x(size)},${y(low / size)}`),
              ].join(' ')}
            />
          ))}
          <line className="xmr__mean" x1="0" x2="100" y1={y(share)} y2={y(share)} />
        </svg>
        {places.map(({ organisation, name, value, denominator, side }) => (
          <span
            key={organisation}
            className={`funnel__team${side ? ' funnel__team--outside' : ''}${x(denominator) > 60 ? ' funnel__team--left' : ''}`}
            style={{
              insetInlineStart: `${x(denominator)}%`,
              insetBlockStart: `${y(value / 100)}%`,
            }}
          >
            <bdi>{name}</bdi> {percent(value / 100)}%
          </span>
        ))}
      </div>
      <p className="funnel__axis" aria-hidden="true">
        <Trans>
          All together: {percent(share)}%. From left to right: teams with more to count, up to{' '}
          {i18n.number(Math.max(...places.map(({ denominator }) => denominator)))}
        </Trans>
      </p>
    </div>
  )
}
