import { Plural, Trans, useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import type { Population } from '#domain/population/population-parameters.ts'
import type { PyramidBand } from '#domain/population/pyramid.ts'
import { segmentLabels } from '#features/parts/find/stratum-labels.ts'
import { UnverifiedMark } from '#features/parts/record/unverified-mark.tsx'
import { Count, countIn, People } from './count.tsx'
import { PyramidChart } from './pyramid-chart.tsx'
import { Step } from './step.tsx'

/** They are not one group: the pyramid, and the top twentieth by what weighs most. */
export function GroupsStep({ population }: { population: Population }) {
  const { t } = useLingui()
  const { bands, placed, total, segments, allPlaces } = population
  const [top] = segments
  const unplaced = countIn(total) - countIn(placed)
  return (
    <Step
      number={2}
      title={<Trans>They are not one group</Trans>}
      words={
        <>
          <p>
            <Trans>The pyramid is drawn true: its areas are the people with a chance.</Trans>{' '}
            {allPlaces === undefined ? null : (
              <Trans>The dashed line is our room: {allPlaces} places.</Trans>
            )}
          </p>
          <p>
            <Trans>
              Very high is the first half in a hundred of all people by chance, high the first five,
              rising the first twenty.
            </Trans>
          </p>
          <UnverifiedMark what="population-bands" />
        </>
      }
      table={<GroupsTable population={population} />}
    >
      <div className="gable-card">
        <div className="population-bands">
          <PyramidChart
            population={population}
            label={t`The pyramid: ${countIn(bands[0]?.people ?? { count: 0 })} people very high, ${countIn(bands[1]?.people ?? { count: 0 })} high, ${countIn(bands[2]?.people ?? { count: 0 })} rising, of ${countIn(placed)} with a chance.`}
          />
          <ul>
            {bands.map(({ band, people, coordinated, stayed, frail }) => (
              <li key={band}>
                <p>
                  <span
                    className={`population-swatch population-swatch--${band}`}
                    aria-hidden="true"
                  />
                  <b>
                    <BandName band={band} />
                  </b>{' '}
                  <People of={people} />
                </p>
                <p className="population__meta">
                  <Trans>
                    <Count of={stayed} /> had an emergency stay last year, <Count of={frail} /> are
                    frail. <Count of={coordinated} /> have a coordinator.
                  </Trans>
                </p>
              </li>
            ))}
          </ul>
        </div>
        {unplaced > 0 ? (
          <p className="population__unplaced">
            <b>
              <Plural value={unplaced} one="# person is" other="# people are" />
            </b>{' '}
            <Trans>
              not in the pyramid: nobody can count a chance for them. That does not put them at the
              bottom. See “Who is missing?”
            </Trans>
          </p>
        ) : null}
        {top ? (
          <>
            <h3>
              <Trans>The top twentieth, by what weighs most</Trans>
            </h3>
            <div className="population-bar" aria-hidden="true">
              {segments.map(({ segment, people }, place) => (
                <span
                  key={segment}
                  className={`population-tone population-tone--${place % 6}`}
                  style={{ flexGrow: Math.max(1, countIn(people)) }}
                />
              ))}
            </div>
            <ul className="population-bar__words">
              {segments.map(({ segment, people }, place) => (
                <li key={segment}>
                  <span
                    className={`population-swatch population-tone population-tone--${place % 6}`}
                    aria-hidden="true"
                  />
                  <b>
                    <Count of={people} />
                  </b>{' '}
                  {t(segmentLabels[segment])}
                </li>
              ))}
            </ul>
          </>
        ) : null}
      </div>
    </Step>
  )
}

function BandName({ band }: { band: PyramidBand }): ReactNode {
  if (band === 'very-high') return <Trans>Very high</Trans>
  if (band === 'high') return <Trans>High</Trans>
  return band === 'rising' ? <Trans>Rising</Trans> : <Trans>Everybody else</Trans>
}

function GroupsTable({ population: { bands, segments } }: { population: Population }) {
  const { t } = useLingui()
  return (
    <>
      <table className="gable-table">
        <caption>
          <Trans>The bands of the pyramid</Trans>
        </caption>
        <thead>
          <tr>
            <th scope="col">{t`Band`}</th>
            <th scope="col">{t`People`}</th>
            <th scope="col">{t`Emergency stay last year`}</th>
            <th scope="col">{t`Moderate or severe frailty`}</th>
            <th scope="col">{t`Have a coordinator`}</th>
          </tr>
        </thead>
        <tbody>
          {bands.map(({ band, people, stayed, frail, coordinated }) => (
            <tr key={band}>
              <th scope="row">
                <BandName band={band} />
              </th>
              {Object.entries({ people, stayed, frail, coordinated }).map(([name, count]) => (
                <td key={name}>
                  <Count of={count} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <table className="gable-table">
        <caption>
          <Trans>The top twentieth by stage of life</Trans>
        </caption>
        <thead>
          <tr>
            <th scope="col">{t`Stage of life`}</th>
            <th scope="col">{t`People`}</th>
          </tr>
        </thead>
        <tbody>
          {segments.map(({ segment, people }) => (
            <tr key={segment}>
              <th scope="row">{t(segmentLabels[segment])}</th>
              <td>
                <Count of={people} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
