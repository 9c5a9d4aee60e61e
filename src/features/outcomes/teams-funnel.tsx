import { Trans, useLingui } from '@lingui/react/macro'
import type { OutcomeMeasure } from '#domain/outcome/outcomes.ts'
import { fewestOfTeam, type TeamPlace, teamPlaces } from '#domain/outcome/team-places.ts'
import { FunnelPlot } from './charts/funnel-plot.tsx'

/** Teams beside each other with what chance explains at their size: a place to begin a talk, no league table. */
export function TeamsFunnel({ measures }: { measures: readonly OutcomeMeasure[] }) {
  const shown = measures.flatMap((measure) => {
    const funnel = teamPlaces(measure)
    return funnel ? [{ measure, funnel }] : []
  })
  // where a team differs comes first, then the first agreed measure
  const first =
    shown.find(({ funnel }) => funnel.places.some(({ side }) => side !== undefined)) ?? shown[0]
  const words = useFunnelWords(first?.funnel.places ?? [])
  if (!first) return null
  const { measure, funnel } = first
  return (
    <section aria-labelledby="outcomes-talk">
      <h2 id="outcomes-talk">
        <Trans>Where to begin a talk</Trans>
      </h2>
      <div className="outcomes__card outcomes__talk">
        <h3>
          <Trans>{measure.title}, by team</Trans>
        </h3>
        <p>{words}</p>
        <FunnelPlot funnel={funnel} label={`${measure.title}. ${words}`} />
        <details>
          <summary>
            <Trans>As a table</Trans>
            <span className="nhsuk-u-visually-hidden">: {measure.title}</span>
          </summary>
          <FunnelTable places={funnel.places} />
        </details>
        <p className="outcomes__small">
          <Trans>
            The last six months. A team with fewer than {fewestOfTeam} is not placed. Limits: exact
            binomial, 95 in 100 and 998 in 1,000 (Spiegelhalter 2005). Nothing here is used for pay.
          </Trans>
        </p>
      </div>
    </section>
  )
}

function useFunnelWords(places: readonly TeamPlace[]): string {
  const { t } = useLingui()
  const fewer = places.filter(({ side }) => side === 'fewer').length
  const more = places.filter(({ side }) => side === 'more').length
  if (fewer + more === 0) return t`Chance explains all differences between these teams.`
  return t`Outside what chance explains: ${fewer} with fewer, ${more} with more. Ask what stands in the way before asking who.`
}

function FunnelTable({ places }: { places: readonly TeamPlace[] }) {
  const { t, i18n } = useLingui()
  return (
    <div className="gable-scroll">
      <table className="gable-table">
        <thead>
          <tr>
            <th scope="col">{t`Team`}</th>
            <th scope="col">{t`Result`}</th>
            <th scope="col">{t`Out of`}</th>
            <th scope="col">{t`More than chance?`}</th>
          </tr>
        </thead>
        <tbody>
          {places.map(({ organisation, name, value, denominator, side }) => (
            <tr key={organisation}>
              <th scope="row">
                <bdi>{name}</bdi>
              </th>
              <td>{i18n.number(value, { maximumFractionDigits: 0 })}%</td>
              <td>{i18n.number(denominator)}</td>
              <td>{side === undefined ? t`No` : side === 'more' ? t`Yes, more` : t`Yes, fewer`}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
