import { Plural, Trans } from '@lingui/react/macro'
import type { Population } from '#domain/population/population-parameters.ts'
import { Count, People } from '#features/case-finding/population/count.tsx'
import { Step } from '#features/case-finding/population/step.tsx'
import { BelowLine } from './below-line.tsx'
import { ChanceGrid } from './chance-grid.tsx'
import { CoordinatorPlaces } from './coordinator-places.tsx'
import { PlacesControl } from './places-control.tsx'

type PlacesProps = Readonly<{
  population: Population
  /** places that are tried; undefined: the free ones */
  tried: number | undefined
  onTry: (places: number | undefined) => void
}>

/** Our free places: the line through chance and what could be changed, and who is just below it. */
export function PlacesStep({ population, tried, onTry }: PlacesProps) {
  const { places, free, selected, expected, eligible, notNow, cells } = population
  return (
    <Step
      number={3}
      title={<PlacesTitle {...{ places, free, tried }} />}
      words={
        <>
          <p>
            <Trans>
              Two questions, asked apart. How likely is an emergency stay? And is there something we
              could change?
            </Trans>
          </p>
          <p>
            <Trans>
              The chance decides who comes near the line, in columns of ten. What we could change
              decides the order there. Nobody leaves the list for having little we can change.
            </Trans>
          </p>
          {expected === undefined ? null : (
            <p>
              <Plural
                value={selected}
                one={`Of this # person we expect ${expected} to have an emergency stay within a year if nothing changes.`}
                other={`Of these # people we expect about ${expected} to have an emergency stay within a year if nothing changes, and ${selected - expected} not to.`}
              />
            </p>
          )}
          <p className="population__meta">
            <Trans>
              The top twentieth without a coordinator: <People of={eligible} />.
            </Trans>{' '}
            {'count' in notNow && notNow.count === 0 ? null : (
              <Trans>
                For <Count of={notNow} /> more “not now” was decided.
              </Trans>
            )}
          </p>
        </>
      }
    >
      <div className="gable-card">
        {cells.length > 0 ? (
          <ChanceGrid cells={cells} />
        ) : (
          <p>
            {'count' in eligible && eligible.count === 0 ? (
              <Trans>Nobody in the top twentieth is without a coordinator.</Trans>
            ) : (
              <Trans>There are too few people in each cell to show any.</Trans>
            )}
          </p>
        )}
        <PlacesControl {...{ population, tried, onTry }} />
      </div>
      <BelowLine population={population} />
      <CoordinatorPlaces population={population} />
    </Step>
  )
}

function PlacesTitle({
  places,
  free,
  tried,
}: Readonly<{
  places: number
  free: number | undefined
  tried: number | undefined
}>) {
  if (tried !== undefined && tried !== free)
    return <Plural value={places} one="If we had # free place" other="If we had # free places" />
  if (free === undefined) return <Trans>How many places we have is not known yet</Trans>
  return (
    <Plural
      value={free}
      _0="We have no free place now"
      one="We have # free place now"
      other="We have # free places now"
    />
  )
}
