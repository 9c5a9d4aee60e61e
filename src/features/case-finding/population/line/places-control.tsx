import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useId } from 'react'
import type { Population } from '#domain/population/population-parameters.ts'
import { lastRoundedPlace } from '#domain/population/shown-counts.ts'
import { countIn } from '#features/case-finding/population/count.tsx'
import { Button } from '#ui/layout/button.tsx'

type ControlProps = Readonly<{
  population: Population
  tried: number | undefined
  onTry: (places: number | undefined) => void
}>

/** More or fewer places, only to try: nothing is saved. */
export function PlacesControl({ population, tried, onTry }: ControlProps) {
  const { t } = useLingui()
  const id = useId()
  const { rounded, places, free, eligible, selected } = population
  const step = rounded ? 5 : 1
  const most = rounded ? lastRoundedPlace(eligible) : Math.max(1, countIn(eligible))
  if (most === 0)
    return (
      <p>
        <Trans>
          So few people could be above a line that none can be drawn in rounded numbers.
        </Trans>
      </p>
    )
  const now = Math.min(most, tried ?? places)
  const to = (next: number) => onTry(Math.max(0, Math.min(most, next)))
  return (
    <div className="population-places">
      <label htmlFor={id}>
        <Trans>Our free places</Trans>
      </label>
      <Button variant="outline" aria-label={t`Fewer places`} onClick={() => to(now - step)}>
        −
      </Button>
      <input
        id={id}
        type="range"
        min={0}
        max={most}
        step={step}
        value={now}
        aria-valuetext={t`${now} places`}
        onChange={(event) => to(Number(event.target.value))}
      />
      <Button variant="outline" aria-label={t`More places`} onClick={() => to(now + step)}>
        +
      </Button>
      <p aria-live="polite">
        <b>
          <Plural value={places} one="# place" other="# places" />
        </b>
        {', '}
        <Plural value={selected} one="# person above the line" other="# people above the line" />
      </p>
      {rounded ? (
        <p className="population__meta">
          <Trans>
            Your line moves by fives and ends at {most}, so that it cannot tell how many people
            there are.
          </Trans>
        </p>
      ) : null}
      {tried === undefined || tried === free ? null : (
        <p>
          <Trans>You are trying this. Nothing is saved.</Trans>{' '}
          <Button variant="link" onClick={() => onTry(undefined)}>
            {free === undefined ? (
              <Trans>Stop trying</Trans>
            ) : (
              <Plural value={free} one="Back to # free place" other="Back to # free places" />
            )}
          </Button>
        </p>
      )}
    </div>
  )
}
