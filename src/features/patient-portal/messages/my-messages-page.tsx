import { Trans, useLingui } from '@lingui/react/macro'
import type { MessageReaders } from '#domain/message/is-message.ts'
import { BackToHouse } from '#features/parts/back-to-house.tsx'
import { beginnings } from '#features/parts/messages/message-labels.ts'
import { MessagesAbout } from '#features/parts/messages/messages-about.tsx'
import { PlanNow } from '#features/parts/worse/plan-now.tsx'
import { type MyHouse, useMyHouse } from '#features/patient-portal/use-my-house.ts'
import { MyWhoToCall } from '#features/patient-portal/who-to-call.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'

/** Messages with the care team. What to do now stands first: a message is never for what is urgent. */
export function MyMessagesPage() {
  const { t } = useLingui()
  const mine = useMyHouse()
  const { house, isCarer } = mine
  const choices: readonly MessageReaders[] = isCarer ? ['carer'] : ['person', 'carers']
  return (
    <div className="my-page">
      <PageHeading title={t`Messages`} />
      <MessagesAbout
        {...{ person: house.person, givenName: house.givenName, choices }}
        beginnings={beginnings}
        isClosed={house.died !== undefined || !mine.mayWrite('conversation')}
        whatNow={<WhatNow mine={mine} />}
      />
      {mine.mayWrite('conversation') ? null : (
        <p>
          <Trans>You can read here, and not write. {house.givenName} decides this.</Trans>
        </p>
      )}
      <BackToHouse isOwn={!isCarer} />
    </div>
  )
}

/** What the plan says for a bad day, then who answers at this hour. */
function WhatNow({ mine }: { mine: MyHouse }) {
  const { whatIf, hours } = mine.house
  const sees = !mine.hidden.includes('roof')
  return (
    <>
      {sees && whatIf ? (
        <PlanNow level="red" {...{ whatIf }} {...(hours ? { hours } : {})} />
      ) : null}
      <MyWhoToCall mine={mine} />
    </>
  )
}
