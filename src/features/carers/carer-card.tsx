import { Trans } from '@lingui/react/macro'
import { Link } from 'react-router'
import type { AccessLabel } from '#domain/access/labels/access-label.ts'
import type { CarerShown } from '#domain/carer/carers-answer.ts'
import { EndCarer } from '#features/parts/carers/end-carer.tsx'
import { ShownByCarer } from '#features/parts/carers/shown-by-carer.tsx'
import { Card } from '#ui/layout/card.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { PhoneLink } from '#ui/text/phone-link.tsx'
import { CarerOffers } from './carer-offers.tsx'
import { WhatCarerDoes } from './what-carer-does.tsx'

type Props = Readonly<{
  carer: CarerShown
  person: string
  /** first name of the person */
  name: string
  rooms: Readonly<Record<AccessLabel, string>>
  /** the person has died */
  hasDied: boolean
}>

/** One carer: who and how to reach them, what they do, how they are, what they see, what they were offered. */
export function CarerCard({ carer, person, name, rooms, hasDied }: Props) {
  return (
    <Card className="carer-card" title={carer.name || <Trans>A carer with no name recorded</Trans>}>
      <Who carer={carer} />
      <div className="carer-card__parts">
        <div>
          <h3>
            <Trans>What {carer.name} does</Trans>
          </h3>
          <WhatCarerDoes carer={carer} />
          <h3>
            <Trans>What {carer.name} sees</Trans>
          </h3>
          <Sees {...{ carer, name, rooms }} />
        </div>
        <div>
          <h3>
            <Trans>How {carer.name} is</Trans>
          </h3>
          <ShownByCarer shown={carer.shown} name={carer.name} />
        </div>
        <CarerOffers {...{ carer, person, hasDied }} />
      </div>
      <div className="carer-card__acts">
        {carer.record ? (
          <Link to={`/people/${carer.record}/plan`}>
            <Trans>Open {carer.name}’s own record</Trans>
          </Link>
        ) : null}
        <EndCarer {...{ person, carer }} />
      </div>
    </Card>
  )
}

function Who({ carer: { relationship, livesWith, phones } }: { carer: CarerShown }) {
  return (
    <p className="carer-card__who">
      {relationship ? <span>{relationship}. </span> : null}
      {livesWith === undefined ? null : livesWith ? (
        <span>
          <Trans>Lives with the person.</Trans>{' '}
        </span>
      ) : (
        <span>
          <Trans>Does not live with the person.</Trans>{' '}
        </span>
      )}
      {phones.map((number) => (
        <span key={number}>
          <PhoneLink number={number} />{' '}
        </span>
      ))}
    </p>
  )
}

function Sees({ carer, name, rooms }: Omit<Props, 'person' | 'hasDied'>) {
  const words = carer.read
    .map((room) => rooms[room as AccessLabel])
    .filter(Boolean)
    .join(', ')
  if (!words)
    return (
      <p className="carer-note">
        <Trans>
          {name} shares nothing with {carer.name}.
        </Trans>
      </p>
    )
  return (
    <p>
      {words}
      {carer.until ? (
        <>
          {'. '}
          <Trans>
            Until <DateText date={carer.until} />
          </Trans>
        </>
      ) : null}
    </p>
  )
}
