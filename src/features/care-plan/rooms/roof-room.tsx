import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useDraft } from '#client/forms/use-draft.ts'
import { useRecordForm, useSaveState } from '#client/forms/use-record-form.ts'
import { saveWhatIf, setReview } from '#client/queries/care-plan/plan.ts'
import { whatToDo } from '#domain/plan/house/what-to-do.ts'
import { type Plan, type WhatIf, whatIfIdFor, whatIfLevels } from '#domain/plan/plan.ts'
import { AgreementBanner } from '#features/care-plan/agreement-banner.tsx'
import { SaveBar } from '#features/care-plan/components/save-bar.tsx'
import { SaveProblemNote } from '#features/care-plan/components/save-problem-note.tsx'
import { WhenText } from '#features/care-plan/components/when-text.tsx'
import { levelLabels } from '#features/care-plan/labels.ts'
import type { HouseView } from '#features/care-plan/use-house.ts'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { DateField } from '#ui/forms/date-field.tsx'
import { isUnfinished } from '#ui/forms/date-parts.ts'
import { TextField } from '#ui/forms/text-field.tsx'
import { Button } from '#ui/layout/button.tsx'
import { WhatToDo } from '#ui/text/what-to-do.tsx'

/** Who coordinates, the next review, what to do if things get worse, what was agreed. */
export function RoofRoom({ view }: { view: HouseView }) {
  const { house } = view
  const { plan } = house
  if (!plan) return null
  return (
    <>
      <AgreementBanner view={view} />
      <section className="gable-section" aria-labelledby="who-coordinates">
        <h2 id="who-coordinates">
          <Trans>Who coordinates</Trans>
        </h2>
        <p>{house.caseOfPlan?.coordinator?.name ?? <Trans>Nobody yet</Trans>}</p>
      </section>
      <ReviewDay plan={plan} />
      <WhatIfSection view={view} plan={plan} />
      <Answers view={view} />
    </>
  )
}

function ReviewDay({ plan }: { plan: Plan }) {
  const { t } = useLingui()
  const saving = useSaveState()
  const [chosen, setChosen, , isChosen, settle] = useDraft(
    `review-day:${plan.id}`,
    plan.reviewOn ?? '',
  )
  const save = async () => {
    // another date may have been chosen while this one was being saved
    if (await saving.run(() => setReview(plan, chosen))) settle(chosen)
  }
  return (
    <section className="gable-section" aria-labelledby="review-title">
      <h2 id="review-title">
        <Trans>Next review</Trans>
      </h2>
      <DateField label={t`Date of the next review`} value={chosen} onChange={setChosen} />
      <SaveProblemNote problem={saving.problem ?? (saving.conflict ? 'moved-on' : undefined)} />
      {isChosen && chosen !== (plan.reviewOn ?? '') && !isUnfinished(chosen) ? (
        <Button pending={saving.pending} onClick={() => void save()}>
          <Trans>Save the date</Trans>
        </Button>
      ) : null}
    </section>
  )
}

const nothing = { sign: '', doWhat: '', ring: '' }

function WhatIfSection({ view, plan }: { view: HouseView; plan: Plan }) {
  const [open, setOpen] = useState(false)
  const current = view.house.whatIf
  const editing = useRecordForm<WhatIf>({
    key: `what-if:${plan.caseId}`,
    current,
    fresh: {
      ...{ id: whatIfIdFor(plan.caseId), person: plan.person, caseId: plan.caseId },
      ...{ green: nothing, amber: nothing, red: nothing },
    },
    save: (edit) => saveWhatIf(plan, edit),
  })
  const isOpen = open || editing.isDraft
  return (
    <section className="gable-section" aria-labelledby="what-if-title">
      <h2 id="what-if-title">
        <Trans>If things get worse</Trans>
      </h2>
      {isOpen ? (
        <>
          {whatIfLevels.map((level) => (
            <LevelForm key={level} level={level} editing={editing} />
          ))}
          <SaveBar editing={editing} onDone={() => setOpen(false)} />
        </>
      ) : (
        <>
          {current ? (
            <Levels whatIf={current} />
          ) : (
            <EmptyState title={<Trans>Not written yet</Trans>} />
          )}
          <Button variant="link" onClick={() => setOpen(true)}>
            <Trans>Change what to do if things get worse</Trans>
          </Button>
        </>
      )}
    </section>
  )
}

function Levels({ whatIf }: { whatIf: WhatIf }) {
  const { i18n } = useLingui()
  return (
    <dl className="gable-levels">
      {whatIfLevels.map((level) => (
        <div key={level} className={`gable-level is-${level}`}>
          <dt>{i18n._(levelLabels[level])}</dt>
          <dd>
            <b>{whatIf[level].sign}</b>
            <WhatToDo {...whatToDo(whatIf[level])} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

function LevelForm(props: {
  level: (typeof whatIfLevels)[number]
  editing: ReturnType<typeof useRecordForm<WhatIf>>
}) {
  const { t, i18n } = useLingui()
  const { level, editing } = props
  const step = editing.mine[level]
  const change = (part: Partial<typeof step>) =>
    editing.change({ [level]: { ...step, ...part } } as Partial<WhatIf>)
  return (
    <fieldset className={`gable-level is-${level}`}>
      <legend>{i18n._(levelLabels[level])}</legend>
      <TextField label={t`Warning signs`} value={step.sign} onChange={(sign) => change({ sign })} />
      <TextField
        label={t`What to do`}
        value={step.doWhat}
        onChange={(doWhat) => change({ doWhat })}
      />
      <TextField label={t`Who to call`} value={step.ring} onChange={(ring) => change({ ring })} />
    </fieldset>
  )
}

function Answers({ view: { house } }: { view: HouseView }) {
  return (
    <section className="gable-section" aria-labelledby="answers-title">
      <h2 id="answers-title">
        <Trans>Who has agreed to what</Trans>
      </h2>
      {house.agreements.length === 0 ? (
        <EmptyState title={<Trans>Nobody has answered yet</Trans>} />
      ) : null}
      <ul className="gable-plain-list">
        {house.agreements.map((answer) => (
          <li key={answer.id}>
            <b>{answer.by.name}</b> {answer.by.voice === 'carer' ? <Trans>(carer)</Trans> : null}{' '}
            {answer.yes ? (
              <Trans>agreed to version {answer.version}</Trans>
            ) : (
              <Trans>said “not like this” to version {answer.version}</Trans>
            )}
            {answer.words ? (
              <>
                : <q>{answer.words}</q>
              </>
            ) : null}
            <p className="gable-meta">
              <WhenText at={answer.at} />
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}
