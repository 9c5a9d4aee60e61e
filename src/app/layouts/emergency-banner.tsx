import { Plural, Trans } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useNavigate } from 'react-router'
import { now } from '#client/clock.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import {
  endBreakGlass,
  forgetWhatWasRead,
  openingQuery,
} from '#client/queries/patient/break-glass.ts'
import { type BreakGlassGrant, spokenMinutes } from '#domain/access/break-glass.ts'
import { Button } from '#ui/layout/button.tsx'

/** On every page about a person whose record was opened in an emergency: how long it stays open, and how to end it. */
export function EmergencyBanner({ person }: { person: string }) {
  const { data } = useQuery(openingQuery(person))
  return data ? <Countdown grant={data} /> : null
}

const minutesLeft = (until: string) =>
  Math.max(0, Math.ceil((Date.parse(until) - now().getTime()) / 60_000))

function Countdown({ grant }: { grant: BreakGlassGrant }) {
  const navigate = useNavigate()
  const saving = useSaveState()
  const left = useMinutesLeft(grant.until, () => leave())
  const spoken = spokenMinutes(left)
  const leave = () => {
    void navigate('/find', { replace: true })
    // the person's pages are gone by then: nothing asks for them again
    setTimeout(forgetWhatWasRead)
  }
  const finish = async () => {
    if (await saving.run(() => endBreakGlass(grant.person))) leave()
  }
  return (
    <div className="gable-strip gable-strip--emergency">
      <p>
        <strong>
          <Trans>You opened this record in an emergency.</Trans>
        </strong>{' '}
        <Plural value={left} one="It closes in # minute." other="It closes in # minutes." />{' '}
        <Trans>The person can see what you read, and their practice will check why.</Trans>{' '}
        <Button variant="link" pending={saving.pending} onClick={() => void finish()}>
          <Trans>Finish now</Trans>
        </Button>
      </p>
      <p role="status">
        {saving.problem ? <Trans>The access could not be ended. Try again.</Trans> : null}
      </p>
      <p className="nhsuk-u-visually-hidden" role="status">
        {spoken ? (
          <Plural
            value={spoken}
            one="The record closes in # minute."
            other="The record closes in # minutes."
          />
        ) : null}
      </p>
    </div>
  )
}

/** Counts down with the clock, which is outside React. */
function useMinutesLeft(until: string, over: () => void): number {
  const [left, setLeft] = useState(() => minutesLeft(until))
  useEffect(() => {
    const beat = setInterval(() => {
      const minutes = minutesLeft(until)
      setLeft(minutes)
      if (minutes === 0) over()
    }, 1_000)
    return () => clearInterval(beat)
  })
  return left
}
