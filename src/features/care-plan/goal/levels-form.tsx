import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useRecordForm } from '#client/forms/use-record-form.ts'
import { saveGoal } from '#client/queries/care-plan/goals.ts'
import { isWholeScale } from '#domain/goal/aims/attainment-scale.ts'
import type { Goal } from '#domain/goal/goal.ts'
import { attainmentLevels } from '#domain/goal/said/attainment.ts'
import type { HouseRecord } from '#domain/plan/house/house.ts'
import { levelNumber } from '#features/parts/goal/attainment-ladder.tsx'
import { SaveBar } from '#features/parts/saving/save-bar.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import { Button } from '#ui/layout/button.tsx'

/** The words of the five levels: what is much less than expected, what is expected, what is much more. */
export function LevelsForm({ house, goal }: { house: HouseRecord; goal: Goal }) {
  const [open, setOpen] = useState(false)
  const editing = useLevels(house, goal)
  if (house.died) return null
  if (!open && !editing.isDraft)
    return (
      <Button variant="link" onClick={() => setOpen(true)}>
        {isWholeScale(goal) ? (
          <Trans>Change the words of the levels</Trans>
        ) : (
          <Trans>Write the five levels</Trans>
        )}
      </Button>
    )
  return <Form editing={editing} hasWords={isWholeScale(goal)} onDone={() => setOpen(false)} />
}

const useLevels = (house: HouseRecord, goal: Goal) =>
  useRecordForm<Goal>({
    key: `goal-levels:${goal.id}`,
    current: goal,
    fresh: goal,
    save: (edit) => saveGoal(house.plan, edit),
  })

function Form(props: {
  editing: ReturnType<typeof useLevels>
  hasWords: boolean
  onDone: () => void
}) {
  const { t } = useLingui()
  const { editing, hasWords, onDone } = props
  const { mine, change } = editing
  const [tried, setTried] = useState(false)
  const words = attainmentLevels.map((_level, at) => mine.levels?.[at] ?? '')
  const meaning = [
    t`Much less than we hope for`,
    t`A little less than we hope for`,
    t`What we hope for`,
    t`A little more than we hope for`,
    t`Much more than we hope for`,
  ]
  return (
    <div className="gable-form">
      {hasWords ? (
        <p>
          <Trans>
            If somebody has scored already, other words begin a new scale. The scores of before keep
            their words.
          </Trans>
        </p>
      ) : null}
      {attainmentLevels.map((level, at) => (
        <TextField
          key={level}
          label={`${meaning[at]} (${levelNumber(level)})`}
          value={words[at] ?? ''}
          onChange={(text) =>
            change({ levels: words.map((each, place) => (place === at ? text : each)) })
          }
          error={tried && !words[at]?.trim() ? t`Enter a few words` : undefined}
        />
      ))}
      <SaveBar
        editing={editing}
        onDone={onDone}
        isWhole={() => {
          setTried(true)
          return isWholeScale({ levels: words })
        }}
      />
    </div>
  )
}
