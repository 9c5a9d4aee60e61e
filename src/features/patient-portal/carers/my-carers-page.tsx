import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { carersQuery } from '#client/queries/carer/carers.ts'
import { useSession } from '#client/session/session.ts'
import type { AccessLabel } from '#domain/access/labels/access-label.ts'
import type { CarerShown } from '#domain/carer/carers-answer.ts'
import { BackToHouse } from '#features/parts/back-to-house.tsx'
import { AddCarer } from '#features/parts/carers/add-carer.tsx'
import { EndCarer } from '#features/parts/carers/end-carer.tsx'
import { ShownByCarer } from '#features/parts/carers/shown-by-carer.tsx'
import { useSharedRoomLabels } from '#features/patient-portal/sharing/shared-room-labels.ts'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Notice } from '#ui/feedback/notice.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { PhoneLink } from '#ui/text/phone-link.tsx'

/** The person’s page: who helps me, what they see of my plan, and what they show me of themselves. */
export function MyCarersPage() {
  const { t } = useLingui()
  const person = useSession(({ actor }) => actor?.person ?? '')
  return (
    <div className="my-page">
      <title>{t`Who helps me · Gable`}</title>
      <h1 tabIndex={-1}>
        <Trans>Who helps me</Trans>
      </h1>
      <p className="my-lead">
        <Trans>Family and friends who care for you. You say what each of them sees.</Trans>
      </p>
      {person ? <MyCarers person={person} /> : <NotHere />}
      <BackToHouse isOwn={person !== ''} />
    </div>
  )
}

function NotHere() {
  return <Notice tone="info" title={<Trans>This page is for the person whose plan it is</Trans>} />
}

function MyCarers({ person }: { person: string }) {
  const { data: carers } = useSuspenseQuery(carersQuery(person))
  const rooms = useSharedRoomLabels()
  const current = carers.filter(({ isOver }) => !isOver)
  const earlier = carers.filter(({ isOver }) => isOver)
  return (
    <>
      {current.length === 0 ? (
        <EmptyState title={<Trans>Nobody is written down yet</Trans>}>
          <Trans>You can add someone who helps you.</Trans>
        </EmptyState>
      ) : (
        current.map((carer) => <OneCarer key={carer.id} {...{ carer, person, rooms }} />)
      )}
      <AddCarer {...{ person, rooms }} isOwn />
      {earlier.length > 0 ? <Earlier carers={earlier} /> : null}
    </>
  )
}

type OneProps = Readonly<{
  carer: CarerShown
  person: string
  rooms: Readonly<Record<AccessLabel, string>>
}>

function OneCarer({ carer, person, rooms }: OneProps) {
  const { name } = carer
  const sees = carer.read.map((room) => rooms[room as AccessLabel]).filter(Boolean)
  return (
    <section className="my-card carer-card" aria-label={name}>
      <h2>{name}</h2>
      <p className="my-small">
        {carer.relationship ? <span>{carer.relationship}. </span> : null}
        {carer.livesWith ? (
          <span>
            <Trans>Lives with you.</Trans>{' '}
          </span>
        ) : null}
        {carer.phones.map((number) => (
          <span key={number}>
            <PhoneLink number={number} />{' '}
          </span>
        ))}
      </p>
      {carer.does.length > 0 ? (
        <ul>
          {carer.does.map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ul>
      ) : null}
      <h3>
        <Trans>What {name} sees of your plan</Trans>
      </h3>
      <p>{sees.length > 0 ? sees.join(', ') : <Trans>Nothing.</Trans>}</p>
      <p>
        <Link to="/my/who-looked">
          <Trans>Change what {name} sees</Trans>
        </Link>
      </p>
      <h3>
        <Trans>What {name} shows you</Trans>
      </h3>
      <ShownByCarer shown={carer.shown} name={name} />
      <div className="carer-card__acts">
        <EndCarer {...{ person, carer }} />
      </div>
    </section>
  )
}

function Earlier({ carers }: { carers: readonly CarerShown[] }) {
  return (
    <section aria-labelledby="earlier-carers">
      <h2 id="earlier-carers">
        <Trans>Who helped before</Trans>
      </h2>
      <ul>
        {carers.map(({ id, name, endedOn }) => (
          <li key={id}>
            {name}{' '}
            {endedOn ? (
              <Trans>
                until <DateText date={endedOn} />
              </Trans>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  )
}
