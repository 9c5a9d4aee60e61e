import { Trans, useLingui } from '@lingui/react/macro'
import { Fragment, type ReactNode } from 'react'
import { useDraft } from '#client/forms/use-draft.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { saveCareAssessment } from '#client/queries/social-care/care-assessments.ts'
import type { AnswerMarks } from '#domain/assessment/shape/answer-marks.ts'
import type { WrittenBy } from '#domain/plan/plan.ts'
import { type AdultFindings, nothingAsked } from '#domain/social-care/care-assessment.ts'
import { type AdultOutcome, adultOutcomes } from '#domain/social-care/needs/adult-outcomes.ts'
import { SaveNote } from '#features/parts/save-note.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { Button } from '#ui/layout/button.tsx'
import { useAdultOutcomeWords, useAdultStates } from './adult-outcome-words.ts'
import { answeredAlready } from './answered-already.ts'
import { AskedOutcome, AskedWords, AskedYesOrNo } from './asked-words.tsx'

/** How it is asked: the person writes ahead of the talk, a professional asks by the law. */
type CareQuestions = Readonly<Record<'days' | 'helps' | 'wants' | 'cause' | 'wellbeing', string>>

type Began = Readonly<{ findings: AdultFindings; marks: AnswerMarks }>

type Props = Readonly<{
  person: string
  questions: CareQuestions
  /** what the answers come to, for a professional */
  outcomeOf?: (findings: AdultFindings) => ReactNode
  /** what is known of an outcome from elsewhere, shown above its question; `add` puts words into the answer */
  aboveOutcome?: ((outcome: AdultOutcome, add: (words: string) => void) => ReactNode) | undefined
  /** the person writes it, ahead of the talk */
  isOwn: boolean
  /** what is there already: an assessment that is not finished, or what the person wrote */
  start?: (Began & Readonly<{ id: string }>) | undefined
  onDone: () => void
}>

type Typed = Readonly<{
  id: string
  findings: AdultFindings
  /** what stood when the writing began */
  began?: Began | undefined
}>

/** What the law asks about an adult’s needs. Only what is answered counts; nothing is decided by it. */
export function CareAssessmentForm(props: Props) {
  const { person, questions, isOwn, outcomeOf, aboveOutcome, start, onDone } = props
  const first: Typed = {
    id: start?.id ?? '',
    findings: start?.findings ?? nothingAsked,
    began: start,
  }
  const [typed, setTyped, clear] = useDraft(`care-assessment:${person}`, first)
  const saving = useSaveState()
  const { findings } = typed
  const change = (fields: Partial<AdultFindings>) =>
    setTyped({
      ...typed,
      id: typed.id || crypto.randomUUID(),
      findings: { ...findings, ...fields },
    })
  const flat = (all: AdultFindings) => ({ ...all, ...all.outcomes })
  const { takenOver, already } = answeredAlready({
    ...{ person, marks: isOwn ? {} : (typed.began?.marks ?? {}) },
    ...{ first: flat(typed.began?.findings ?? nothingAsked), now: flat(findings) },
  })
  const save = async (isDone: boolean) => {
    const id = typed.id || crypto.randomUUID()
    const assessing = { ...findings, id, person, isDone, takenOver }
    if (!(await saving.run(() => saveCareAssessment(assessing)))) return
    clear()
    onDone()
    toast(isDone ? <Trans>The assessment is finished.</Trans> : <Trans>Saved.</Trans>)
  }
  return (
    <div className="carer-form">
      <CareFields {...{ questions, findings, change, already, aboveOutcome }} />
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

type FieldsProps = Readonly<{
  questions: CareQuestions
  findings: AdultFindings
  change: (fields: Partial<AdultFindings>) => void
  already: (linkId: string) => WrittenBy | undefined
  aboveOutcome: Props['aboveOutcome']
}>

function CareFields({ questions, findings, change, already, aboveOutcome }: FieldsProps) {
  const { t } = useLingui()
  const words = useAdultOutcomeWords()
  const states = useAdultStates()
  const add = (outcome: AdultOutcome) => (more: string) => {
    const found = findings.outcomes[outcome]
    const said = [found?.words ?? '', more].filter(Boolean).join('\n')
    change({ outcomes: { ...findings.outcomes, [outcome]: { ...found, words: said } } })
  }
  return (
    <>
      <AskedWords
        already={already('days')}
        label={questions.days}
        hint={t`What changes from day to day counts, too.`}
        rows={3}
        value={findings.days}
        onChange={(days) => change({ days })}
      />
      <AskedWords
        already={already('helps')}
        label={questions.helps}
        rows={2}
        value={findings.helps}
        onChange={(helps) => change({ helps })}
      />
      <AskedWords
        already={already('wants')}
        label={questions.wants}
        rows={2}
        value={findings.wants}
        onChange={(wants) => change({ wants })}
      />
      <AskedYesOrNo
        already={already('cause')}
        name="cause"
        legend={questions.cause}
        value={findings.cause}
        onChange={(cause) => change({ cause })}
      />
      {adultOutcomes.map((outcome) => (
        <Fragment key={outcome}>
          {aboveOutcome?.(outcome, add(outcome))}
          <AskedOutcome
            already={already(outcome)}
            name={`adult-${outcome}`}
            legend={words[outcome]}
            states={states}
            value={findings.outcomes[outcome]}
            onChange={(found) => change({ outcomes: { ...findings.outcomes, [outcome]: found } })}
          />
        </Fragment>
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
