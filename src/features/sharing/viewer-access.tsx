import { Trans } from '@lingui/react/macro'
import { useSession } from '#client/session/session.ts'
import { isStaff } from '#domain/access/actor.ts'

/** What this reader is not shown, and why. It says the same whether there is such a record or not: else it would tell. */
export function WhatYouSee() {
  const actor = useSession((session) => session.actor)
  if (!actor) return null
  return (
    <section aria-labelledby="what-you-see">
      <h2 id="what-you-see">
        <Trans>What you see here</Trans>
      </h2>
      {isStaff(actor) ? <AsProfessional /> : <AsAdministrator />}
    </section>
  )
}

function AsProfessional() {
  return (
    <>
      <p>
        <Trans>
          You see this record because you are named in the person’s care, because of where you work,
          or because you opened it in an emergency.
        </Trans>
      </p>
      <p>
        <Trans>
          Records that are restricted are shown to professionals who are named: in the team, as case
          manager or GP, with an open task or a referral. If only the place you work at is, they are
          not shown to you, and nothing tells whether there are any. If you need to see more, ask
          whoever coordinates the care to take you into the team.
        </Trans>
      </p>
    </>
  )
}

function AsAdministrator() {
  return (
    <p>
      <Trans>
        You see everything, restricted records too, to look after the service. Each look stands in
        the trail that the person sees.
      </Trans>
    </p>
  )
}
