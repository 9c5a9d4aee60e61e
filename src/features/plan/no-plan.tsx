import { Trans } from '@lingui/react/macro'
import { useNavigate } from 'react-router'
import { startPlan } from '#client/plan.ts'
import { useSaving } from '#client/writing/use-editing.ts'
import type { HouseRecord } from '#domain/plan/house.ts'
import { Button } from '#ui/button.tsx'
import { LinkButton } from '#ui/link-button.tsx'
import { Missing } from '#ui/missing.tsx'
import { SaveProblemNote } from './save-problem-note.tsx'

/** The ground is ready: how a plan begins, or what has to come before it. */
export function NoPlan({ house, root }: { house: HouseRecord; root: string }) {
  const saving = useSaving()
  const navigate = useNavigate()
  const { caseOfPlan, givenName } = house
  if (!caseOfPlan) {
    return (
      <Missing title={<Trans>No plan yet</Trans>}>
        <p>
          <Trans>
            {givenName} is on nobody’s caseload. A plan begins when somebody takes {givenName} on.
          </Trans>
        </p>
        <LinkButton to={`/people/${house.person}/score`}>
          <Trans>Look at the score and take {givenName} on</Trans>
        </LinkButton>
      </Missing>
    )
  }
  const begin = async () => {
    const done = await saving.run(() => startPlan(house.person, caseOfPlan.id))
    if (done) await navigate(`${root}/me`)
  }
  return (
    <Missing title={<Trans>No plan yet: start with “Me”</Trans>}>
      <p>
        <Trans>The ground is ready. Begin with what matters to {givenName}.</Trans>
      </p>
      <SaveProblemNote problem={saving.problem} />
      <Button pending={saving.pending} onClick={() => void begin()}>
        <Trans>Start with “Me”</Trans>
      </Button>
    </Missing>
  )
}
