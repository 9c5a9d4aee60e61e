import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useParams } from 'react-router'
import { planQueries } from '#client/queries/care-plan/plan.ts'
import { conversationsQuery } from '#client/queries/preparation/conversation.ts'
import { whoAmI } from '#client/session/who-am-i.ts'
import type { HouseRecord } from '#domain/plan/house/house.ts'
import type { Plan } from '#domain/plan/plan.ts'
import { preparedFor } from '#domain/preparation/preparation.ts'
import { Visits } from '#features/parts/conversation/visits.tsx'
import { PartTheyMaySee } from '#features/parts/part-they-may-see.tsx'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Button } from '#ui/layout/button.tsx'
import { Card } from '#ui/layout/card.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { PrepareForm } from './prepare-form.tsx'

/** For somebody who does not sign in: what they say is written down for them, or the page is printed. */
export function PreparePage() {
  const { person = '' } = useParams()
  const { t } = useLingui()
  const { data: house } = useSuspenseQuery(planQueries.house(person))
  const { plan, givenName, died } = house
  const isPlanned = plan?.reviewOn !== undefined && !plan.ended && !died
  return (
    <div className="prepare-page">
      <PageHeading
        title={t`Get ready with ${givenName}`}
        lead={
          isPlanned ? (
            <Trans>
              For the review on <DateText date={plan.reviewOn ?? ''} />. Write what {givenName}{' '}
              says, in {givenName}’s words. Your name is beside it.
            </Trans>
          ) : undefined
        }
        actions={
          <Button variant="link" onClick={() => globalThis.print()}>
            <Trans>Print for {givenName} to write on</Trans>
          </Button>
        }
      />
      {isPlanned ? (
        <PartTheyMaySee>
          <Card title={<Trans>{givenName}’s visits</Trans>}>
            <Visits person={house.person} to="professional" isHandedOver />
          </Card>
        </PartTheyMaySee>
      ) : null}
      {isPlanned ? (
        <WriteDown house={house} plan={plan} day={plan.reviewOn ?? ''} />
      ) : (
        <EmptyState title={<Trans>No review is planned</Trans>}>
          <p>
            <Trans>Set a review date on the plan first.</Trans>
          </p>
        </EmptyState>
      )}
    </div>
  )
}

function WriteDown({
  house,
  plan,
  day,
}: Readonly<{ house: HouseRecord; plan: Plan; day: string }>) {
  const { person, givenName } = house
  const { data } = useSuspenseQuery(conversationsQuery(person))
  const current = preparedFor(data.preparations, data.held).find(
    ({ saidBy }) => saidBy?.voice === 'person',
  )
  if (current && current.by?.voice !== 'professional')
    return (
      <EmptyState title={<Trans>{givenName} has prepared already</Trans>}>
        <p>
          <Trans>You read it on the plan. Only {givenName} can change it.</Trans>
        </p>
      </EmptyState>
    )
  return <PrepareForm {...{ person, plan, day, current }} me={whoAmI(person)} />
}
