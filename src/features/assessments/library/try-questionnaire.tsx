import { Trans, useLingui } from '@lingui/react/macro'
import type { Questionnaire } from '@medplum/fhirtypes'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Suspense, useState } from 'react'
import { clockToday } from '#client/clock.ts'
import { formEngine } from '#client/queries/care-plan/form-engine.ts'
import { answerProblemsIn } from '#domain/assessment/answer-problems.ts'
import { enabledIds } from '#domain/assessment/enabled.ts'
import { firstAnswers } from '#domain/assessment/expressions/first-answers.ts'
import { formWorker, usesExpressions } from '#domain/assessment/expressions/work-out.ts'
import { formFromFhir } from '#domain/assessment/fhir.ts'
import type { Form, FormAnswers } from '#domain/assessment/form.ts'
import {
  factsOfInvented,
  type InventedPerson,
  inventedPeople,
} from '#domain/assessment/publish/invented-people.ts'
import { initialAnswers } from '#domain/assessment/response.ts'
import { useAnswerProblemLabels } from '#features/assessments/form/answer-problem-labels.ts'
import { QuestionList } from '#features/assessments/form/question-list.tsx'
import { RuleWarnings } from '#features/assessments/form/rule-warnings.tsx'
import { ScoreMeaning } from '#features/assessments/results/score-meaning.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { SelectField } from '#ui/forms/select-field.tsx'
import { Button } from '#ui/layout/button.tsx'

/** Asks a questionnaire of an invented person. Nothing is kept: not on a record, not on the device. */
export function TryQuestionnaire({ questionnaire }: { questionnaire: Questionnaire }) {
  const { t } = useLingui()
  const [form] = useState(() => formFromFhir(questionnaire))
  const [who, setWho] = useState<InventedPerson | undefined>(inventedPeople[0])
  const names = {
    rosa: t`Rosa, a woman born in 1938`,
    ted: t`Ted, a man born in 1961, with an empty record`,
  }
  return (
    <section className="questionnaires-try" aria-labelledby="try-questionnaire">
      <h3 id="try-questionnaire">
        <Trans>Try-out: nothing is kept</Trans>
      </h3>
      <SelectField
        label={t`Invented person`}
        value={who?.id ?? ''}
        options={inventedPeople.map(({ id }) => ({ value: id, label: names[id] }))}
        onChange={(id) => setWho(inventedPeople.find((each) => each.id === id))}
      />
      {who && (
        <Suspense fallback={<Skeleton lines={4} />}>
          <Asked key={who.id} form={form} who={who} />
        </Suspense>
      )}
    </section>
  )
}

function Asked({ form, who }: { form: Form; who: InventedPerson }) {
  useSuspenseQuery(formEngine.loaded(usesExpressions(form)))
  return <Answering form={form} who={who} />
}

function Answering({ form, who }: { form: Form; who: InventedPerson }) {
  const wordsOf = useAnswerProblemLabels()
  const [{ worker, first }] = useState(() => {
    const facts = factsOfInvented(form, who, clockToday())
    return { worker: formWorker(form, facts), first: firstAnswers(form, facts) }
  })
  const [answers, setAnswers] = useState<FormAnswers>(() => ({
    ...initialAnswers(form),
    ...Object.fromEntries([...first].map(([linkId, each]) => [linkId, each.answers])),
  }))
  const [isFinished, setFinished] = useState(false)
  const worked = worker.work(answers)
  const problems = isFinished ? answerProblemsIn(worked.form, worked.answers) : []
  const errors = new Map(problems.map((each) => [each.question.linkId, wordsOf(each)]))
  const say = (next: FormAnswers) => {
    setAnswers(next)
    setFinished(false)
  }
  return (
    <>
      <QuestionList
        form={worked.form}
        questions={worked.form.items}
        enabled={enabledIds(worked.form, worked.answers)}
        answers={worked.answers}
        known={{}}
        {...{ first, errors }}
        onAnswer={(linkId, given) => say({ ...answers, [linkId]: given })}
        onAnswers={say}
      />
      <RuleWarnings form={worked.form} />
      <Button variant="outline" onClick={() => setFinished(true)}>
        <Trans>See the result</Trans>
      </Button>
      {isFinished && problems.length > 0 && (
        <ul role="alert">
          {problems.map((each) => (
            <li key={`${each.question.linkId}-${each.kind}`}>{wordsOf(each)}</li>
          ))}
        </ul>
      )}
      {isFinished && problems.length === 0 && (
        <ScoreMeaning form={worked.form} answers={worked.answers} />
      )}
    </>
  )
}
