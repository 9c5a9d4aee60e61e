import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Suspense, useState } from 'react'
import { clockZone } from '#client/clock.ts'
import { carerRooms } from '#client/queries/care-plan/carer-rooms.ts'
import { planQueries } from '#client/queries/care-plan/plan.ts'
import { useRestrictions } from '#client/queries/consent/restrictions.ts'
import { type Observations, observationsQuery } from '#client/queries/monitoring/observations.ts'
import { ownAmberQuery } from '#client/queries/own-amber/own-amber.ts'
import { worriesQuery } from '#client/queries/worry/worries.ts'
import { useSession } from '#client/session/session.ts'
import { whoAmI } from '#client/session/who-am-i.ts'
import type { HouseRecord } from '#domain/plan/house/house.ts'
import { type ReadingStanding, readingStandingOf } from '#domain/reading/advice.ts'
import { ownAmberMet, type StandingOwnAmber } from '#domain/reading/own-amber.ts'
import { type Reading, type ReadingKind, readingKinds } from '#domain/reading/reading.ts'
import { BackToHouse } from '#features/parts/back-to-house.tsx'
import { PartTheyMaySee } from '#features/parts/part-they-may-see.tsx'
import { useReadingLabels } from '#features/parts/reading-labels.tsx'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Notice } from '#ui/feedback/notice.tsx'
import { RestrictedMark } from '#ui/feedback/restricted-mark.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { Radios } from '#ui/forms/radios.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { PhoneLink } from '#ui/text/phone-link.tsx'
import { DeviceImport } from './device/device-import.tsx'
import { ObservationForm } from './observation-form.tsx'
import { MyOwnAmber } from './own-amber.tsx'
import { OwnAmberWords } from './own-amber-words.tsx'
import { PlanAdvice } from './plan-advice.tsx'
import { WorryForm } from './worry-form.tsx'

/**
 * The person records a reading, and is told what happens now; a carer sees the readings, and adds some if that was
 * shared.
 */
export function MyObservationsPage() {
  const { t } = useLingui()
  const person = useSession(({ actor }) => actor?.person ?? actor?.caresFor?.[0]?.person)
  const isOwn = useSession(({ actor }) => actor?.person !== undefined)
  return (
    <div className="my-page my-readings">
      <title>{isOwn ? t`My readings · Gable` : t`Readings · Gable`}</title>
      <h1 tabIndex={-1}>{isOwn ? <Trans>My readings</Trans> : <Trans>Readings</Trans>}</h1>
      {person ? (
        <Suspense fallback={<Skeleton lines={6} />}>
          {isOwn ? <MyReadings person={person} /> : <SharedReadings person={person} />}
        </Suspense>
      ) : null}
      <BackToHouse isOwn={isOwn} />
    </div>
  )
}

/** For a carer: `of` is whose readings they are. */
function SharedReadings({ person }: { person: string }) {
  const { data: shared } = useSuspenseQuery(carerRooms(person))
  const { data: house } = useSuspenseQuery(planQueries.house(person))
  const { givenName } = house
  if (shared && !shared.read.includes('record'))
    return (
      <p className="gable-missing">
        <Trans>
          {givenName} has not shared this with you. You can ask {givenName}.
        </Trans>
      </p>
    )
  if (shared?.write.includes('record')) return <MyReadings person={person} of={givenName} />
  return (
    <>
      <h2>
        <Trans>Readings {givenName} has recorded</Trans>
      </h2>
      <PartTheyMaySee>
        <LastReadings person={person} />
      </PartTheyMaySee>
    </>
  )
}

type ReadingsOf = Readonly<{ person: string; of?: string | undefined }>

function MyReadings({ person, of }: ReadingsOf) {
  const { t } = useLingui()
  const words = useReadingLabels()
  const [kind, setKind] = useState<ReadingKind>('weight')
  const [saved, setSaved] = useState<Reading>()
  const choose = (value: string) => {
    setSaved(undefined)
    setKind(readingKinds.find((each) => each === value) ?? 'weight')
  }
  return (
    <>
      <Radios
        legend={t`What did you measure?`}
        name="kind"
        value={kind}
        onChange={choose}
        options={readingKinds.map((each) => ({ value: each, label: words.name(each) }))}
      />
      <ObservationForm key={kind} person={person} kind={kind} onSaved={setSaved} />
      {saved ? <WhatHappensNow reading={saved} of={of} /> : null}
      <DeviceImport person={person} />
      <h2>
        <Trans>Readings so far</Trans>
      </h2>
      <PartTheyMaySee>
        <LastReadings person={person} />
      </PartTheyMaySee>
      <h2>{of ? <Trans>Amber signs</Trans> : <Trans>My amber signs</Trans>}</h2>
      <PartTheyMaySee>
        <MyOwnAmber person={person} of={of} />
      </PartTheyMaySee>
      <h2>
        <Trans>How worried are you?</Trans>
      </h2>
      <PartTheyMaySee>
        <LastWorry person={person} />
      </PartTheyMaySee>
      <WorryForm person={person} name={of} />
      <p>
        <Trans>
          The team sees it the next time they check their list. Readings are not monitored at night.
        </Trans>{' '}
        <WhenUnwell of={of} />
      </p>
    </>
  )
}

/** What the reader said last, in their own words. */
function LastWorry({ person }: { person: string }) {
  const { data } = useSuspenseQuery(worriesQuery(person))
  const own = whoAmI(person).reference
  const last = data.latest.find(({ by }) => by.reference === own)
  if (!last) return null
  return (
    <p>
      <Trans>
        Last time you said {last.score} of 10, on <DateText date={last.at} withTime />
      </Trans>
    </p>
  )
}

type Of = Pick<ReadingsOf, 'of'>

function WhatHappensNow({ reading, of }: Of & { reading: Reading }) {
  const { data } = useSuspenseQuery(observationsQuery(reading.person))
  const { data: signs } = useSuspenseQuery(ownAmberQuery(reading.person))
  const standing = readingStandingOf(reading, data, clockZone())
  const saysPlan = standing !== 'outside' && standing !== 'trend'
  const met = ownAmberMet(reading, signs, { readings: data.readings, zone: clockZone() })
  return (
    <>
      {met.length > 0 ? <OwnAmberNow {...{ reading, met, of, saysPlan }} /> : null}
      <StandingNow {...{ reading, of, standing, data }} hasSign={met.length > 0} />
    </>
  )
}

/** The sign that somebody wrote themselves is met: their words first, then what the plan says to do. */
function OwnAmberNow({
  reading,
  met,
  of,
  saysPlan,
}: Of &
  Readonly<{
    reading: Reading
    met: readonly StandingOwnAmber[]
    /** what the plan says stands here; else below, because the reading is outside the limits as well */
    saysPlan: boolean
  }>) {
  const { data: house } = useSuspenseQuery(planQueries.house(reading.person))
  return (
    <Notice tone="warning" title={<Trans>This is an amber sign.</Trans>}>
      {met.map((each) => (
        <OwnAmberWords key={each.rule.id} standing={each} />
      ))}
      {saysPlan ? (
        <PlanAdvice
          whatIf={house.whatIf}
          isOwn={!of}
          sayToday="/my#today"
          whoToCall={<CoordinatorPhone house={house} />}
        />
      ) : null}
    </Notice>
  )
}

type StandingProps = Of &
  Readonly<{
    reading: Reading
    standing: ReadingStanding
    data: Observations
    /** an amber sign stands above: what to do is said there */
    hasSign: boolean
  }>

function StandingNow({ reading, of, standing, data, hasSign }: StandingProps) {
  if (standing === 'outside' || standing === 'trend')
    return (
      <OutsideNow
        person={reading.person}
        paused={data.paused}
        of={of}
        isTrend={standing === 'trend'}
      />
    )
  if (data.paused) return <NobodyIsTold of={of} />
  if (hasSign)
    return (
      <p>
        <Trans>
          The team sees it the next time they check their list. Readings are not monitored at night.
        </Trans>{' '}
        <WhenUnwell of={of} />
      </p>
    )
  return (
    <Notice tone="done" title={<Trans>Saved. Thank you.</Trans>}>
      <p>
        {standing === 'within' ? (
          <Trans>This is within the agreed limits. The team can see it.</Trans>
        ) : (
          <Trans>The team can see it. No limit has been agreed for it.</Trans>
        )}
      </p>
    </Notice>
  )
}

/** The person's own plan says what to do now; if it says nothing, the page says so, and who to call. */
function OutsideNow({
  person,
  paused,
  of,
  isTrend,
}: Of & Readonly<{ person: string; paused: boolean; isTrend: boolean }>) {
  const { data: house } = useSuspenseQuery(planQueries.house(person))
  return (
    <Notice
      tone="warning"
      title={
        isTrend ? (
          <Trans>Saved. This has changed a lot.</Trans>
        ) : (
          <Trans>Saved. This is outside the agreed limits.</Trans>
        )
      }
    >
      <PlanAdvice
        whatIf={house.whatIf}
        isOwn={!of}
        sayToday="/my#today"
        whoToCall={<CoordinatorPhone house={house} />}
      />
      <p>
        {paused ? (
          <Trans>Care is paused: nobody is monitoring these readings now.</Trans>
        ) : (
          <Trans>
            The team sees it the next time they check their list. Readings are not monitored at
            night.
          </Trans>
        )}{' '}
        <WhenUnwell of={of} />
      </p>
    </Notice>
  )
}

/** While the case is paused the team is not alerted, and the person who measured must know it. */
function NobodyIsTold({ of }: Of) {
  return (
    <Notice tone="warning" title={<Trans>Saved. Nobody is monitoring these readings now.</Trans>}>
      <p>
        {of ? <Trans>Care for {of} is paused.</Trans> : <Trans>Your care is paused.</Trans>}{' '}
        <WhenUnwell of={of} />
      </p>
    </Notice>
  )
}

function WhenUnwell({ of }: Of) {
  if (of)
    return (
      <Trans>If {of} feels unwell, call the GP surgery or 111. In an emergency, call 999.</Trans>
    )
  return <Trans>If you feel unwell, call your GP surgery or 111. In an emergency, call 999.</Trans>
}

const mostShown = 10

function LastReadings({ person }: { person: string }) {
  const words = useReadingLabels()
  const { data } = useSuspenseQuery(observationsQuery(person))
  const restrictionOf = useRestrictions()
  const last = data.readings.toReversed().slice(0, mostShown)
  if (last.length === 0) return <EmptyState title={<Trans>No readings yet</Trans>} />
  return (
    <ul className="gable-list">
      {last.map((reading) => (
        <li key={reading.id}>
          <strong>
            {words.name(reading.kind)} {words.value(reading)}
          </strong>
          <br />
          <DateText date={reading.at} withTime />
          {reading.device ? (
            <>
              , <Trans>from a device: {reading.device}</Trans>
            </>
          ) : null}
          <RestrictedMark to="person" restriction={restrictionOf(`Observation/${reading.id}`)} />
        </li>
      ))}
    </ul>
  )
}

/** Who a person or a carer can call when the plan does not say: the coordinator, by day; then 111 and 999. */
function CoordinatorPhone({ house }: { house: HouseRecord }) {
  const coordinator = house.caseOfPlan?.coordinator
  const phone = house.team.find((each) => each.who.reference === coordinator?.reference)?.phone
  return (
    <ul className="gable-list">
      {coordinator && phone ? (
        <li>
          <Trans>
            Daytime, Monday to Friday: call {coordinator.name}, <PhoneLink number={phone} />
          </Trans>
        </li>
      ) : null}
      <li>
        <Trans>
          At any time: call <PhoneLink number="111" />
        </Trans>
      </li>
      <li>
        <Trans>
          In an emergency: call <PhoneLink number="999" />
        </Trans>
      </li>
    </ul>
  )
}
