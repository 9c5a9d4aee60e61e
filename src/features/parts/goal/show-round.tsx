import { Trans } from '@lingui/react/macro'
import { useKeptId } from '#client/forms/use-kept-id.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { showRound } from '#client/queries/goals/goal-answers.ts'
import { SaveNote } from '#features/parts/save-note.tsx'
import { Button } from '#ui/layout/button.tsx'
import type { GoalReader } from './goal-reader.ts'

type ShowProps = Readonly<{
  reader: GoalReader
  about: string
  closes: 'goal-attainment-score' | 'top-goal'
}>

/** The coordinator ends a round: everybody sees its answers, and the next answer begins a new one. */
export function ShowRound({ reader, about, closes }: ShowProps) {
  const saving = useSaveState()
  const [id, renew] = useKeptId()
  const { house, me, mayWrite } = reader
  const { person } = house
  const coordinator = house.caseOfPlan?.coordinator
  if (!mayWrite || me.voice !== 'professional' || coordinator?.reference !== me.reference)
    return (
      <p className="gable-meta">
        {coordinator ? (
          <Trans>
            {coordinator.name}, who coordinates, can show the answers of this round to everybody.
          </Trans>
        ) : null}
      </p>
    )
  const end = async () => {
    if (await saving.run(() => showRound({ id, person, about, closes }))) renew()
  }
  return (
    <>
      <SaveNote saving={saving} />
      <Button variant="link" pending={saving.pending} onClick={() => void end()}>
        <Trans>Show this round to everybody, and end it</Trans>
      </Button>
    </>
  )
}
