import { Trans } from '@lingui/react/macro'
import { useNavigate } from 'react-router'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { startPlan } from '#client/queries/care-plan/plan.ts'
import type { HouseRecord } from '#domain/plan/house/house.ts'
import { SaveNote } from '#features/parts/save-note.tsx'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Button } from '#ui/layout/button.tsx'
import { LinkButton } from '#ui/layout/link-button.tsx'

/** A case without a plan: how to start one, or what has to come before it. */
export function NoPlan({ house, root }: { house: HouseRecord; root: string }) {
  const saving = useSaveState()
  const navigate = useNavigate()
  const { caseOfPlan, givenName } = house
  if (!caseOfPlan) {
    return (
      <EmptyState title={<Trans>No plan yet</Trans>}>
        <p>
          <Trans>
            {givenName} is on nobody’s caseload. A plan starts when someone takes {givenName} on.
          </Trans>
        </p>
        <LinkButton to={`/people/${house.person}/score`}>
          <Trans>Look at the score and take {givenName} on</Trans>
        </LinkButton>
      </EmptyState>
    )
  }
  const begin = async () => {
    const done = await saving.run(() => startPlan(house.person, caseOfPlan.id))
    if (done) await navigate(`${root}/me`)
  }
  return (
    <EmptyState title={<Trans>No plan yet: start with “Me”</Trans>}>
      <p>
        <Trans>
          {givenName} is on a caseload. Start with what matters to {givenName}.
        </Trans>
      </p>
      <SaveNote saving={saving} />
      <Button pending={saving.pending} onClick={() => void begin()}>
        <Trans>Start with “Me”</Trans>
      </Button>
    </EmptyState>
  )
}
