import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { clockToday } from '#client/clock.ts'
import { capacityDecisions } from '#client/queries/answer/capacity-decisions.ts'
import { capacityNow } from '#domain/agreement/capacity.ts'
import { NoPlan } from '#features/care-plan/no-plan.tsx'
import { useHouse } from '#features/care-plan/use-house.ts'
import { Notice } from '#ui/feedback/notice.tsx'
import { Button } from '#ui/layout/button.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { BestInterestsForm } from './best-interests-form.tsx'
import { CapacityForm } from './capacity-form.tsx'
import { CapacityList } from './capacity-list.tsx'

/**
 * Whether the person can decide about this plan: yes, unless somebody has established the opposite. Only where there is
 * doubt something is written.
 */
export function CapacityPage() {
  const { t } = useLingui()
  const { house, root } = useHouse()
  const { plan, givenName, person } = house
  const { data } = useSuspenseQuery(capacityDecisions(person))
  const [open, setOpen] = useState(false)
  if (!plan || house.died) return <NoPlan house={house} root={root} />
  const now = capacityNow(data.capacity, plan.id, clockToday())
  const isUnable = now !== undefined && !now.record.hasCapacity
  return (
    <div className="gable-plan">
      <PageHeading
        title={t`Can ${givenName} decide about this plan?`}
        lead={t`Yes, unless it was found that ${givenName} cannot. An unwise decision, an illness or an age is no reason to think so.`}
      />
      <WhatHolds isUnable={isUnable} overdue={now?.overdue ?? false} name={givenName} />
      <CapacityList decisions={data} name={givenName} />
      {open ? (
        <CapacityForm house={house} plan={plan} onDone={() => setOpen(false)} />
      ) : (
        <Button variant="outline" onClick={() => setOpen(true)}>
          {now ? (
            <Trans>Look at it again</Trans>
          ) : (
            <Trans>There is doubt: write what you found</Trans>
          )}
        </Button>
      )}
      {isUnable && !now.overdue ? (
        <BestInterestsForm house={house} plan={plan} capacity={`Observation/${now.record.id}`} />
      ) : null}
    </div>
  )
}

function WhatHolds(props: Readonly<{ isUnable: boolean; overdue: boolean; name: string }>) {
  const { isUnable, overdue, name } = props
  return (
    <Notice
      tone={isUnable ? 'warning' : 'info'}
      title={
        isUnable ? (
          <Trans>It was found that {name} cannot decide this</Trans>
        ) : (
          <Trans>{name} is taken to be able to decide this</Trans>
        )
      }
    >
      {overdue ? (
        <p>
          <Trans>
            This was to be looked at again. Until that is done, nobody else can answer for {name}.
          </Trans>
        </p>
      ) : null}
      <p>
        <Trans>
          What is written here is restricted: {name} and named professionals can read it.
        </Trans>
      </p>
    </Notice>
  )
}
