import { Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { useDraft } from '#client/forms/use-draft.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { saveCarerAssessment } from '#client/queries/carer/carer-record.ts'
import type { AnswerMarks } from '#domain/assessment/shape/answer-marks.ts'
import { type CarerFindings, nothingFound } from '#domain/carer/carer-assessment.ts'
import { carerOutcomes } from '#domain/carer/outcomes.ts'
import type { WrittenBy } from '#domain/plan/plan.ts'
import { SaveNote } from '#features/parts/save-note.tsx'
import { answeredAlready } from '#features/parts/social-care/answered-already.ts'
import { AskedOutcome, AskedWords, AskedYesOrNo } from '#features/parts/social-care/asked-words.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
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

type Began = Readonly<{ findings: CarerFindings; marks: AnswerMarks }>

type Props = Readonly<{
  person: string
  questions: CarerQuestions
  /** what the answers come to, for a professional */
  outcomeOf?: (findings: CarerFindings) => ReactNode
  /** the carer writes it, ahead of the talk */
  isOwn: boolean
  /** what is there already: an assessment that is not finished, or what the carer wrote */
  start?: (Began & Readonly<{ id: string }>) | undefined
  onDone: () => void
}>

type Typed = Readonly<{
  id: string
  findings: CarerFindings
  /** what stood when the writing began */
  began?: Began | undefined
}>

/** What the law asks about a carer. Only what is answered counts; nothing is decided by it. */
export function CarerAssessmentForm(props: Props) {
  const { person, questions, isOwn, outcomeOf, start, onDone } = props
  const first: Typed = {
    id: start?.id ?? '',
    findings: start?.findings ?? nothingFound,
    began: start,
  }
  const [typed, setTyped, clear] = useDraft(`carer-assessment:${person}`, first)
  const saving = useSaveState()
  const { findings } = typed
  const change = (fields: Partial<CarerFindings>) =>
    setTyped({
      ...typed,
      id: typed.id || crypto.randomUUID(),
      findings: { ...findings, ...fields },
    })
  const flat = (all: CarerFindings) => ({ ...all, ...all.outcomes, 'goes-on': all.goesOn })
  const { takenOver, already } = answeredAlready({
    ...{ person, marks: isOwn ? {} : (typed.began?.marks ?? {}) },
    ...{ first: flat(typed.began?.findings ?? nothingFound), now: flat(findings) },
  })
  const save = async (isDone: boolean) => {
    const id = typed.id || crypto.randomUUID()
    const assessing = { ...findings, id, person, isDone, takenOver }
    if (!(await saving.run(() => saveCarerAssessment(assessing)))) return
    clear()
    onDone()
    toast(isDone ? <Trans>The assessment is finished.</Trans> : <Trans>Saved.</Trans>)
  }
  return (
    <div className="carer-form">
      <Words {...{ questions, findings, change, already }} />
      <Questions {...{ questions, findings, change, already }} />
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
  already: (linkId: string) => WrittenBy | undefined
}>

function Words({ questions, findings, change, already }: PartProps) {
  return (
    <>
      <AskedWords
        already={already('does')}
        label={questions.does}
        rows={3}
        value={findings.does}
        onChange={(does) => change({ does })}
      />
      <AskedWords
        already={already('goes-on')}
        label={questions.goesOn}
        rows={2}
        value={findings.goesOn}
        onChange={(goesOn) => change({ goesOn })}
      />
      <AskedWords
        already={already('wants')}
        label={questions.wants}
        rows={2}
        value={findings.wants}
        onChange={(wants) => change({ wants })}
      />
    </>
  )
}

function Questions({ questions, findings, change, already }: PartProps) {
  const words = useCarerOutcomeWords()
  const states = useOutcomeStates()
  return (
    <>
      {questions.necessary ? (
        <AskedYesOrNo
          already={already('necessary')}
          name="necessary"
          legend={questions.necessary}
          value={findings.necessary}
          onChange={(necessary) => change({ necessary })}
        />
      ) : null}
      <AskedYesOrNo
        already={already('health')}
        name="health"
        legend={questions.health}
        value={findings.health}
        onChange={(health) => change({ health })}
      />
      {carerOutcomes.map((outcome) => (
        <AskedOutcome
          key={outcome}
          already={already(outcome)}
          name={`outcome-${outcome}`}
          legend={words[outcome]}
          states={states}
          value={findings.outcomes[outcome]}
          onChange={(found) => change({ outcomes: { ...findings.outcomes, [outcome]: found } })}
        />
      ))}
      <AskedYesOrNo
        already={already('wellbeing')}
        name="wellbeing"
        legend={questions.wellbeing}
        value={findings.wellbeing}
        onChange={(wellbeing) => change({ wellbeing })}
      />
    </>
  )
}
