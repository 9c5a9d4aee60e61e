import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useParams } from 'react-router'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { scoreGoal } from '#client/queries/care-plan/goals.ts'
import { useRestrictions } from '#client/queries/consent/restrictions.ts'
import { whoAmI } from '#client/session/who-am-i.ts'
import { type Goal, goalProgresses } from '#domain/goal/goal.ts'
import { GoalRatings } from '#features/parts/goal/goal-ratings.tsx'
import { GoalReasons } from '#features/parts/goal/goal-reasons.tsx'
import { GoalTargetText } from '#features/parts/goal/goal-target-text.tsx'
import { SaveNote } from '#features/parts/save-note.tsx'
import { RestrictedMark } from '#ui/feedback/restricted-mark.tsx'
import { Radios } from '#ui/forms/radios.tsx'
import { Button } from '#ui/layout/button.tsx'
import { LinkButton } from '#ui/layout/link-button.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { Quote } from '#ui/text/quote.tsx'
import { ActionLine, NewAction } from './components/action-line.tsx'
import { Comments } from './components/comments.tsx'
import { Earlier } from './components/earlier-versions.tsx'
import { GoalForm, useGoal } from './components/goal-form.tsx'
import { InWhoseWords } from './components/in-whose-words.tsx'
import { WhenText } from './components/when-text.tsx'
import { GoalAgreement, GoalAttainment, WhatComesFirst } from './goal/goal-attainment.tsx'
import { progressLabels } from './labels.ts'
import { OthersHere } from './others-here.tsx'
import { HouseNav } from './room-page.tsx'
import { SentenceSuggestions } from './suggestions/sentence-suggestions.tsx'
import { type HouseView, useHouse } from './use-house.ts'

/** One goal: the words, why it matters, how far it is, the steps and what is said about it. */
export function GoalPage() {
  const { t } = useLingui()
  const { goal: id } = useParams()
  const view = useHouse()
  const goal = view.house.goals.find((each) => each.id === id)
  return (
    <div className="gable-plan gable-room-page">
      <title>{t`A goal: ${view.house.givenName}’s plan · Gable`}</title>
      <HouseNav view={view} room="conversation" />
      <div className="gable-room-page__main">
        <OthersHere person={view.house.person} place="conversation" />
        {goal ? <GoalBody view={view} goal={goal} /> : <NoGoal root={view.root} />}
      </div>
    </div>
  )
}

/** It was stopped meanwhile, or the address is wrong. */
function NoGoal({ root }: { root: string }) {
  const { t } = useLingui()
  return (
    <>
      <PageHeading title={t`This goal is not in the plan`} />
      <LinkButton to={`${root}/conversation`} variant="outline">
        <Trans>All goals</Trans>
      </LinkButton>
    </>
  )
}

function GoalBody({ view, goal }: { view: HouseView; goal: Goal }) {
  const { house } = view
  const reader = { house, me: whoAmI(house.person), mayWrite: !house.died }
  const steps = house.actions.filter((action) => action.goal === goal.id)
  return (
    <>
      <GoalWords view={view} goal={goal} />
      <SentenceSuggestions house={house} record={`Goal/${goal.id}`} place="words" />
      <section className="gable-section" aria-labelledby="why-title">
        <h2 id="why-title">
          <Trans>Why it matters</Trans>
        </h2>
        <GoalReasons reader={reader} goal={goal} />
        <SentenceSuggestions house={house} record={`Goal/${goal.id}`} place="why" />
        <GoalRatings reader={reader} goal={goal} />
        <GoalTargetText goal={goal} />
        <Comments house={house} about={`Goal/${goal.id}`} />
      </section>
      <GoalAgreement reader={reader} goal={goal} />
      <GoalAttainment reader={reader} goal={goal} />
      <Progress goal={goal} />
      <WhatComesFirst reader={reader} />
      <section className="gable-section" aria-labelledby="steps-title">
        <h2 id="steps-title">
          <Trans>Steps and who promised them</Trans>
        </h2>
        <p className="gable-meta">
          <Plural value={steps.length} _0="No steps yet" one="# step" other="# steps" />
        </p>
        {steps.map((action) => (
          <ActionLine key={action.id} view={view} action={action} />
        ))}
        <NewAction view={view} goal={goal.id} />
      </section>
    </>
  )
}

function GoalWords({ view, goal }: { view: HouseView; goal: Goal }) {
  const { house } = view
  const restrictionOf = useRestrictions()
  const [open, setOpen] = useState(false)
  const editing = useGoal(house, goal)
  if (open || editing.isDraft) {
    return <GoalForm house={house} current={goal} editing={editing} onDone={() => setOpen(false)} />
  }
  return (
    <header>
      <h1 className="gable-goal__words">
        {goal.expressedBy?.voice === 'person' ? (
          <Quote size="lead">{goal.words}</Quote>
        ) : (
          goal.words
        )}
      </h1>
      <RestrictedMark restriction={restrictionOf(`Goal/${goal.id}`)} />
      <p className="gable-meta">
        <InWhoseWords goal={goal} />
        {goal.written ? (
          <>
            {' '}
            · <Trans>Last written by {goal.written.by.name}</Trans>,{' '}
            <WhenText at={goal.written.at} />
          </>
        ) : null}
      </p>
      <Earlier record={goal} />
      <Button variant="link" onClick={() => setOpen(true)}>
        <Trans>Change the goal</Trans>
      </Button>
    </header>
  )
}

function Progress({ goal }: { goal: Goal }) {
  const { t, i18n } = useLingui()
  const saving = useSaveState()
  return (
    <section className="gable-section">
      <Radios
        legend={t`In one word: how is it going?`}
        name={`progress-${goal.id}`}
        value={goal.progress ?? ''}
        onChange={(value) => {
          const progress = goalProgresses.find((each) => each === value)
          if (!progress) return
          void saving.run(() => scoreGoal(goal, progress))
        }}
        options={goalProgresses.map((value) => ({ value, label: i18n._(progressLabels[value]) }))}
      />
      <SaveNote saving={saving} />
    </section>
  )
}
