import { Trans, useLingui } from '@lingui/react/macro'
import type { Questionnaire } from '@medplum/fhirtypes'
import { useState } from 'react'
import type { StoredQuestionnaire } from '#client/queries/admin/questionnaires.ts'
import { formFromFhir } from '#domain/assessment/fhir.ts'
import { allQuestions, takesAnswer } from '#domain/assessment/form.ts'
import type { PublishProblem } from '#domain/assessment/publish/publish-problem.ts'
import { Notice } from '#ui/feedback/notice.tsx'
import { Button } from '#ui/layout/button.tsx'
import { TryQuestionnaire } from './try-questionnaire.tsx'

type Props = Readonly<{
  questionnaire: Questionnaire
  problems: readonly PublishProblem[]
  /** the version that is asked now */
  asked: StoredQuestionnaire | undefined
  pending: boolean
  onPublish: () => void
}>

/** What a questionnaire is, what is wrong with it, and the way to try and to publish it. */
export function CheckedQuestionnaire({
  questionnaire,
  problems,
  asked,
  pending,
  onPublish,
}: Props) {
  const { t } = useLingui()
  const [tries, setTries] = useState(false)
  const form = formFromFhir(questionnaire)
  const count = allQuestions(form.items).filter(takesAnswer).length
  const errors = problems.filter(({ severity }) => severity === 'error')
  const warnings = problems.filter(({ severity }) => severity === 'warning')
  const { title, version } = form
  const before = asked?.version ?? ''
  return (
    <section aria-labelledby="checked-questionnaire">
      <h3 id="checked-questionnaire">{title || t`Without a title`}</h3>
      <p>
        <Trans>
          Version {version || '–'}, questions: {count}
        </Trans>
      </p>
      {errors.length > 0 ? (
        <Notice tone="danger" title={t`It cannot be published yet`}>
          <ProblemList problems={errors} questionnaire={questionnaire} />
        </Notice>
      ) : (
        <Notice tone="done" title={t`Nothing stands in the way`}>
          <Trans>Try it on an invented person before you publish it.</Trans>
        </Notice>
      )}
      {warnings.length > 0 && (
        <Notice tone="warning" title={t`Good to know`}>
          <ProblemList problems={warnings} questionnaire={questionnaire} />
        </Notice>
      )}
      <div className="assess-actions">
        <Button variant="outline" onClick={() => setTries(!tries)}>
          {tries ? <Trans>Close the try-out</Trans> : <Trans>Try it</Trans>}
        </Button>
        {errors.length === 0 && (
          <Button pending={pending} onClick={onPublish}>
            {asked ? (
              <Trans>
                Publish version {version} and retire version {before}
              </Trans>
            ) : (
              <Trans>Publish version {version}</Trans>
            )}
          </Button>
        )}
      </div>
      {tries && <TryQuestionnaire questionnaire={questionnaire} />}
    </section>
  )
}

function ProblemList({ problems, questionnaire }: Pick<Props, 'problems' | 'questionnaire'>) {
  const questions = allQuestions(formFromFhir(questionnaire).items)
  const nameOf = (linkId: string) =>
    questions.find((each) => each.linkId === linkId)?.text || linkId
  return (
    <ul>
      {problems.map(({ linkId, words }) => (
        <li key={`${linkId}-${words}`}>
          {linkId !== undefined && (
            <>
              <strong>
                <bdi>{nameOf(linkId)}</bdi>
              </strong>{' '}
              <span className="assess-meta">
                <bdi>({linkId})</bdi>
              </span>{' '}
            </>
          )}
          {words}
        </li>
      ))}
    </ul>
  )
}
