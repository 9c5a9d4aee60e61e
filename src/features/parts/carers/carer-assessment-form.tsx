import { Trans, useLingui } from '@lingui/react/macro'
import { type ReactNode, useState } from 'react'
import { useDraft } from '#client/forms/use-draft.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { saveCarerAssessment } from '#client/queries/carer/carer-record.ts'
import { type CarerFindings, nothingFound } from '#domain/carer/carer-assessment.ts'
import {
  type CarerOutcome,
  carerOutcomes,
  type OutcomeState,
  outcomeStates,
  type YesOrNo,
} from '#domain/carer/outcomes.ts'
import { SaveNote } from '#features/parts/save-note.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { Radios } from '#ui/forms/radios.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { Button } from '#ui/layout/button.tsx'
import { useCarerOutcomeWords, useOutcomeStates } from './carer-labels.ts'

/** How it is asked: the carer writes ahead of the talk, a professional asks by the law. */
type CarerQuestions = Readonly<{
  does: string
  goesOn: string
  wants: string
  /** absent: it is not asked of the carer */
  necessary?: string
  health: string
  wellbeing: string
}>

type Props = Readonly<{
  person: string
  questions: CarerQuestions
  /** what the answers come to, for a professional */
  outcomeOf?: (findings: CarerFindings) => ReactNode
  /** the carer writes it, ahead of the talk */
  isOwn: boolean
  /** what is there already: an assessment that is not finished, or what the carer wrote */
  start?: Readonly<{ id: string; findings: CarerFindings }> | undefined
  onDone: () => void
}>

type Typed = Readonly<{ id: string; findings: CarerFindings }>

/** What the law asks about a carer. Only what is answered counts; nothing is decided by it. */
export function CarerAssessmentForm(props: Props) {
  const { person, questions, isOwn, outcomeOf, start, onDone } = props
  const first: Typed = start ?? { id: '', findings: nothingFound }
  const [typed, setTyped, clear] = useDraft(`carer-assessment:${person}`, first)
  const saving = useSaveState()
  const { findings } = typed
  const change = (fields: Partial<CarerFindings>) =>
    setTyped({ id: typed.id || crypto.randomUUID(), findings: { ...findings, ...fields } })
  const save = async (isDone: boolean) => {
    const id = typed.id || crypto.randomUUID()
    if (!(await saving.run(() => saveCarerAssessment({ ...findings, id, person, isDone })))) return
    clear()
    onDone()
    toast(isDone ? <Trans>The assessment is finished.</Trans> : <Trans>Saved.</Trans>)
  }
  return (
    <div className="carer-form">
      <Words {...{ questions, findings, change }} />
      <Questions {...{ questions, findings, change }} />
      {outcomeOf?.(findings)}
      <SaveNote saving={saving} />
      <div className="carer-form__bar">
        <Button pending={saving.pending} onClick={() => void save(!isOwn)}>
          {isOwn ? <Trans>Save what I wrote</Trans> : <Trans>Finish the assessment</Trans>}
        </Button>
        {isOwn ? null : (
          <Button variant="outline" pending={saving.pending} onClick={() => void save(false)}>
            <Trans>Save, and finish later</Trans>
          </Button>
        )}
        <Button variant="link" onClick={onDone}>
          <Trans>Close</Trans>
        </Button>
      </div>
    </div>
  )
}

type PartProps = Readonly<{
  questions: CarerQuestions
  findings: CarerFindings
  change: (fields: Partial<CarerFindings>) => void
}>

function Words({ questions, findings, change }: PartProps) {
  return (
    <>
      <TextArea
        label={questions.does}
        rows={3}
        value={findings.does}
        onChange={(does) => change({ does })}
      />
      <TextArea
        label={questions.goesOn}
        rows={2}
        value={findings.goesOn}
        onChange={(goesOn) => change({ goesOn })}
      />
      <TextArea
        label={questions.wants}
        rows={2}
        value={findings.wants}
        onChange={(wants) => change({ wants })}
      />
    </>
  )
}

function Questions({ questions, findings, change }: PartProps) {
  return (
    <>
      {questions.necessary ? (
        <WhetherField
          name="necessary"
          legend={questions.necessary}
          value={findings.necessary}
          onChange={(necessary) => change({ necessary })}
        />
      ) : null}
      <WhetherField
        name="health"
        legend={questions.health}
        value={findings.health}
        onChange={(health) => change({ health })}
      />
      {carerOutcomes.map((outcome) => (
        <OutcomeFields key={outcome} {...{ outcome, findings, change }} />
      ))}
      <WhetherField
        name="wellbeing"
        legend={questions.wellbeing}
        value={findings.wellbeing}
        onChange={(wellbeing) => change({ wellbeing })}
      />
    </>
  )
}

type WhetherProps = Readonly<{
  name: string
  legend: string
  value: YesOrNo | undefined
  onChange: (value: YesOrNo) => void
}>

function WhetherField({ name, legend, value = '' as YesOrNo, onChange }: WhetherProps) {
  const { t } = useLingui()
  return (
    <Radios
      {...{ legend, name, value }}
      onChange={(next) => onChange(next as YesOrNo)}
      options={[
        { value: 'yes', label: t`Yes` },
        { value: 'no', label: t`No` },
      ]}
    />
  )
}

type OutcomeProps = Omit<PartProps, 'questions'> & Readonly<{ outcome: CarerOutcome }>

function OutcomeFields({ outcome, findings, change }: OutcomeProps) {
  const { t } = useLingui()
  const words = useCarerOutcomeWords()
  const states = useOutcomeStates()
  const found = findings.outcomes[outcome]
  const [opened, setOpened] = useState(false)
  const put = (fields: Partial<{ state: OutcomeState; words: string }>) =>
    change({ outcomes: { ...findings.outcomes, [outcome]: { words: '', ...found, ...fields } } })
  const isOpen = opened || (found?.words ?? '') !== ''
  return (
    <>
      <Radios
        legend={words[outcome]}
        name={`outcome-${outcome}`}
        value={found?.state ?? ''}
        onChange={(state) => put({ state: state as OutcomeState })}
        options={outcomeStates.map((state) => ({ value: state, label: states[state] }))}
      />
      {isOpen ? (
        <TextArea
          label={t`What was said about it: ${words[outcome]}`}
          rows={2}
          value={found?.words ?? ''}
          onChange={(said) => put({ words: said })}
        />
      ) : (
        <Button variant="link" onClick={() => setOpened(true)}>
          <Trans>Add words: {words[outcome]}</Trans>
        </Button>
      )}
    </>
  )
}
