import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { savePlaces } from '#client/queries/monitoring/population.ts'
import { mostPlacesEach } from '#domain/population/places-request.ts'
import type { Population } from '#domain/population/population-parameters.ts'
import { Count } from '#features/case-finding/population/count.tsx'
import { SaveNote } from '#features/parts/save-note.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import { Button } from '#ui/layout/button.tsx'
import { DateText } from '#ui/text/date-text.tsx'

type Coordinator = Population['coordinators'][number]

/** How many people each coordinator can look after: entered by hand, with who and when. */
export function CoordinatorPlaces({ population }: { population: Population }) {
  const { coordinators, maySetPlaces, free } = population
  return (
    <details
      className="gable-card population-coordinators"
      open={free === undefined && maySetPlaces}
    >
      <summary>
        <h3>
          <Trans>Where the places come from</Trans>
        </h3>
      </summary>
      <p className="population__meta">
        <Trans>
          Free places are the places of each coordinator, less the people on their caseload. A
          paused case keeps its place.
        </Trans>
      </p>
      {coordinators.length === 0 ? (
        <p>
          <Trans>No coordinator is known in your organisation yet.</Trans>
        </p>
      ) : (
        <ul>
          {coordinators.map((each) => (
            <li key={each.id}>
              <CoordinatorRow coordinator={each} mayEnter={maySetPlaces} />
            </li>
          ))}
        </ul>
      )}
    </details>
  )
}

function CoordinatorRow({
  coordinator,
  mayEnter,
}: Readonly<{ coordinator: Coordinator; mayEnter: boolean }>) {
  const { id, name, people, places, setBy, setOn, earlier } = coordinator
  return (
    <>
      <p>
        <b>{name}</b>: <Count of={people} /> <Trans>on the caseload</Trans>,{' '}
        {places === undefined ? (
          <Trans>places not known yet</Trans>
        ) : (
          <Plural value={places} one="# place" other="# places" />
        )}
        {setBy && setOn ? (
          <span className="population__meta">
            {' '}
            (<Trans>entered by {setBy}</Trans>, <DateText date={setOn} withTime />)
          </span>
        ) : null}
      </p>
      <EarlierPlaces {...{ name, earlier }} />
      {mayEnter ? <EnterPlaces key={places} {...{ id, name, places }} /> : null}
    </>
  )
}

/** Whoever enters other places moves the line: each entry stands here with who made it and when. */
function EarlierPlaces({ name, earlier }: Pick<Coordinator, 'name' | 'earlier'>) {
  if (earlier.length === 0) return null
  return (
    <details className="population-earlier">
      <summary>
        <Trans>Entered before</Trans>
        <span className="nhsuk-u-visually-hidden">: {name}</span>
      </summary>
      <ol>
        {earlier.map(({ places, setBy, setOn }) => (
          <li key={setOn}>
            <Plural value={places} one="# place" other="# places" />
            {', '}
            <Trans>
              entered by {setBy} on <DateText date={setOn} withTime />
            </Trans>
          </li>
        ))}
      </ol>
    </details>
  )
}

function EnterPlaces({
  id,
  name,
  places,
}: Readonly<{ id: string; name: string; places: number | undefined }>) {
  const { t } = useLingui()
  const [typed, setTyped] = useState(places === undefined ? '' : String(places))
  const [tried, setTried] = useState(false)
  const saving = useSaveState()
  const isWhole = /^\d{1,3}$/.test(typed.trim()) && Number(typed) <= mostPlacesEach
  const error = tried && !isWhole ? t`Enter a whole number from 0 to ${mostPlacesEach}` : undefined
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (isWhole) void saving.run(() => savePlaces(id, Number(typed)))
      }}
    >
      <TextField
        label={t`Places of ${name}`}
        inputMode="numeric"
        width={4}
        value={typed}
        onChange={setTyped}
        {...(error ? { error } : {})}
      />
      <Button type="submit" variant="outline" pending={saving.pending}>
        <Trans>Save</Trans>
        <span className="nhsuk-u-visually-hidden">
          {' '}
          <Trans>the places of {name}</Trans>
        </span>
      </Button>
      <SaveNote saving={saving} />
    </form>
  )
}
