import { Trans } from '@lingui/react/macro'
import { useSession } from '#client/session/session.ts'
import { isStaff } from '#domain/access/actor.ts'

/**
 * What this reader is not shown, and why. The text is the same whether there is such a record or not, because a
 * different one would reveal it.
 */
export function ViewerAccess() {
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
          Restricted records are shown to named professionals: people in the team, the case manager,
          the GP, and people with an open task or referral. If you only work at the person’s
          practice, restricted records are not shown to you, and nothing tells you whether there are
          any. If you need to see more, ask the person who coordinates the care to add you to the
          team.
        </Trans>
      </p>
    </>
  )
}

function AsAdministrator() {
  return (
    <p>
      <Trans>
        You can see everything, including restricted records, to look after the service. The person
        can see in the audit log each time you look.
      </Trans>
    </p>
  )
}
