import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { clockToday } from '#client/clock.ts'
import { useRecordForm } from '#client/forms/use-record-form.ts'
import { saveGoal } from '#client/queries/care-plan/goals.ts'
import { whoAmI } from '#client/session/who-am-i.ts'
import type { Goal } from '#domain/goal/goal.ts'
import { type HouseRecord, openNeeds } from '#domain/plan/house/house.ts'
import type { Who } from '#domain/plan/plan.ts'
import { GoalTargetFields, isTargetNumber } from '#features/parts/goal/goal-target-fields.tsx'
import { SaveBar } from '#features/parts/saving/save-bar.tsx'
import { savedWithUndo } from '#features/parts/undo/saved-with-undo.tsx'
import { isUnfinished } from '#ui/forms/date-parts.ts'
import { SelectField } from '#ui/forms/select-field.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { Button } from '#ui/layout/button.tsx'
import { SaidQuote } from '#ui/text/quote.tsx'
import { InWhoseWords } from './in-whose-words.tsx'

export function NewGoal({ house }: { house: HouseRecord }) {
  const [open, setOpen] = useState(false)
  const editing = useGoal(house, undefined)
  if (!open && !editing.isDraft) {
    return (
      <Button variant="outline" onClick={() => setOpen(true)}>
        <Trans>Write a goal together with {house.givenName}</Trans>
      </Button>
    )
  }
  return <GoalForm house={house} editing={editing} onDone={() => setOpen(false)} />
}

/** A goal being written: in the writer's own name, until they say whose words they write down. */
export function useGoal(house: HouseRecord, current: Goal | undefined) {
  const { plan } = house
  return useRecordForm<Goal>({
    key: `goal:${current?.id ?? `new-${house.person}`}`,
    current,
    fresh: {
      ...{ id: crypto.randomUUID(), person: house.person, words: '', why: '', needs: [] },
      expressedBy: whoAmI(house.person),
      state: 'active',
      since: clockToday(),
    },
    save: savedWithUndo('Goal', plan?.id, (edit) => saveGoal(plan, edit)),
  })
}

const personOf = (house: HouseRecord): Who => ({
  reference: `Patient/${house.person}`,
  name: house.name,
  voice: 'person',
})

export function GoalForm(props: {
  house: HouseRecord
  /** the current goal, if it is being changed */
  current?: Goal
  editing: ReturnType<typeof useGoal>
  onDone: () => void
}) {
  const { t } = useLingui()
  const { house, current, editing, onDone } = props
  const { mine, change } = editing
  const [tried, setTried] = useState(false)
  const me = whoAmI(house.person)
  const isEmpty = mine.words.trim() === ''
  const speakers = [me, personOf(house), ...carersOf(house)]
  const isFirstKey =
    current !== undefined && mine.words === current.words && mine.why === current.why
  const write = (fields: Pick<Partial<Goal>, 'words' | 'why'>) =>
    change({ ...fields, ...(isFirstKey ? { expressedBy: me } : {}) })
  const isOthers = current?.words && current.expressedBy?.reference !== me.reference
  return (
    <div className="gable-form">
      {isOthers ? <GoalNow goal={current} /> : null}
      <TextArea
        label={t`The goal, in the person’s own words`}
        rows={3}
        value={mine.words}
        onChange={(words) => write({ words })}
        error={tried && isEmpty ? t`Enter the goal` : undefined}
      />
      <SelectField
        label={t`Whose words are these?`}
        hint={t`Choose someone else only if they said this just now. You are named as the person who wrote it down.`}
        value={mine.expressedBy?.reference ?? ''}
        onChange={(reference) => {
          const expressedBy = speakers.find((each) => each.reference === reference)
          if (expressedBy) change({ expressedBy })
        }}
        options={speakers.map((who) => ({ value: who.reference, label: who.name }))}
      />
      <TextArea
        label={t`Why it matters`}
        rows={2}
        value={mine.why}
        onChange={(why) => write({ why })}
      />
      <SelectField
        label={t`Which need is it for?`}
        value={mine.needs[0] ?? ''}
        onChange={(need) => change({ needs: need ? [need] : [] })}
        options={[
          { value: '', label: t`No particular need` },
          ...openNeeds(house).map((need) => ({ value: need.id, label: need.words })),
        ]}
      />
      <GoalTargetFields
        mine={mine}
        change={change}
        known={[personOf(house), ...house.team.map(({ who }) => who)]}
        tried={tried}
      />
      <SaveBar
        editing={editing}
        onDone={onDone}
        isWhole={() => {
          setTried(true)
          return !isEmpty && isTargetNumber(mine) && !isUnfinished(mine.targetOn)
        }}
        nameOf={(id) => house.needs.find((need) => need.id === id)?.words ?? id}
      />
    </div>
  )
}

/** The current goal, and whose words it is, while somebody else writes. */
function GoalNow({ goal }: { goal: Goal }) {
  return (
    <>
      <SaidQuote size="row" isPersons={goal.expressedBy?.voice === 'person'}>
        {goal.words}
      </SaidQuote>
      <p className="gable-meta">
        <InWhoseWords goal={goal} />
      </p>
    </>
  )
}

const carersOf = (house: HouseRecord) =>
  house.team.map((member) => member.who).filter((who) => who.voice === 'carer')
