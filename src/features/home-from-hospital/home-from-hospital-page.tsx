import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link, useParams, useSearchParams } from 'react-router'
import { clockZone, nowHere } from '#client/clock.ts'
import { arrangedQuery } from '#client/queries/discharge/letters.ts'
import {
  followUpQuery,
  stayMessagesQuery,
  staysQuery,
  visitsMadeQuery,
} from '#client/queries/discharge/stays.ts'
import { patientQuery } from '#client/queries/patient/patient.ts'
import { expectedHome } from '#domain/discharge/stay-message.ts'
import { nextStayFrom, stayThread } from '#domain/discharge/stay-thread.ts'
import { latestStay, type WardStay } from '#domain/discharge/ward-stay.ts'
import { PartTheyMaySee } from '#features/parts/part-they-may-see.tsx'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { ArrangedCard } from './arranged-card.tsx'
import { CallCard } from './call/call-card.tsx'
import { ExpectedCard } from './expected-card.tsx'
import { LettersCard } from './letters-card.tsx'
import { MedicinesSection } from './medicines/medicines-section.tsx'
import { PlanChangesCard } from './plan-changes-card.tsx'
import { StayThread } from './stay-thread.tsx'
import { WardSheetCard } from './ward-sheet-card.tsx'
import './home-from-hospital.css'

/** One stay in hospital, from the ward’s door to the thirtieth day at home: who is to call, what changed, what is in place. */
export function HomeFromHospitalPage() {
  const { t } = useLingui()
  const { person = '' } = useParams()
  const [search] = useSearchParams()
  const { data: stays } = useSuspenseQuery(staysQuery(person))
  const { data: patient } = useSuspenseQuery(patientQuery(person))
  const stay = stays.find(({ id }) => id === search.get('stay')) ?? latestStay(stays)
  const name = patient.person.given ?? ''
  if (!stay)
    return (
      <div>
        <PageHeading title={t`Home from hospital`} />
        <EmptyState title={t`No stay in hospital is on record`}>
          <p>
            <Trans>Stays come from hospital messages and imported records.</Trans>
          </p>
        </EmptyState>
      </div>
    )
  return (
    <div>
      <PageHeading
        title={stay.until ? t`${name} is home from hospital` : t`${name} is in hospital`}
        lead={<StayLead stay={stay} />}
      />
      <OneStay
        key={stay.id}
        stay={stay}
        givenName={name}
        next={nextStayFrom(stays, stay, clockZone())}
      />
      <OtherStays stays={stays} shown={stay.id} />
    </div>
  )
}

function StayLead({ stay }: { stay: WardStay }) {
  const { from, until, ward, hospital, reason } = stay
  const place = [reason, ward, hospital].filter(Boolean).join(' · ')
  return (
    <>
      {place ? <>{place}. </> : null}
      {until ? (
        <Trans>
          In hospital from <DateText date={from} withTime />, home since{' '}
          <DateText date={until} withTime />.
        </Trans>
      ) : (
        <Trans>
          In hospital since <DateText date={from} withTime />.
        </Trans>
      )}
    </>
  )
}

type StayProps = Readonly<{
  stay: WardStay
  givenName: string
  /** when the next stay began */
  next: string | undefined
}>

function OneStay({ stay, givenName, next }: StayProps) {
  const { data: messages } = useSuspenseQuery(stayMessagesQuery(stay.person))
  const { data: visits } = useSuspenseQuery(visitsMadeQuery(stay.person))
  const { data: followUp } = useSuspenseQuery(followUpQuery(stay.person))
  const { data: arranged } = useSuspenseQuery(arrangedQuery(stay.person))
  const { contacts, said } = messages
  const { choice, coordinator } = followUp
  const expected = expectedHome(said, stay.id)
  const zone = clockZone()
  const now = nowHere()
  return (
    <div className="stay-layout">
      <div className="stay-layout__thread">
        <StayThread
          marks={stayThread({
            stay,
            expected,
            contacts,
            visits,
            arranged,
            next,
            choice,
            zone,
            now,
          })}
        />
      </div>
      <div className="stay-layout__call">
        {stay.until ? (
          <CallCard
            stay={{ ...stay, until: stay.until }}
            {...{ contacts, visits, next, choice, coordinator, givenName }}
          />
        ) : (
          <ExpectedCard stay={stay} expected={expected} />
        )}
      </div>
      <div className="stay-layout__side">
        <LettersCard stay={stay} />
        <WardSheetCard
          stay={stay}
          given={said.filter((each) => each.stay === stay.id && each.kind === 'ward-sheet')}
        />
      </div>
      <div className="stay-layout__medicines">
        <PartTheyMaySee>
          <MedicinesSection stay={stay} />
        </PartTheyMaySee>
      </div>
      <div className="stay-layout__rest">
        <ArrangedCard stay={stay} />
        <PlanChangesCard stay={stay} contacts={contacts} />
      </div>
    </div>
  )
}

function OtherStays({ stays, shown }: Readonly<{ stays: readonly WardStay[]; shown: string }>) {
  const others = stays.filter(({ id }) => id !== shown)
  if (others.length === 0) return null
  return (
    <section className="gable-section">
      <h2>
        <Trans>Other stays</Trans>
      </h2>
      <ul className="stay-others">
        {others.map(({ id, from, until, reason }) => (
          <li key={id}>
            <Link to={`?stay=${id}`}>
              <DateText date={from} />
              {until ? (
                <>
                  {' – '}
                  <DateText date={until} />
                </>
              ) : null}
            </Link>{' '}
            {reason}
          </li>
        ))}
      </ul>
    </section>
  )
}
