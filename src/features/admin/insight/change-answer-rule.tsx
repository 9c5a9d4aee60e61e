import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { FhirError } from '#client/fhir/fhir-error.ts'
import { useDraft } from '#client/forms/use-draft.ts'
import {
  type AnswerRuleFigures,
  startAnswerRule,
  tryAnswerRule,
} from '#client/queries/suggestion/answer-rules.ts'
import { conditionLine } from '#domain/suggestion/answer-rule/answer-condition.ts'
import type { AnswerRule } from '#domain/suggestion/answer-rule/answer-rule.ts'
import { RuleMovedOn } from '#domain/suggestion/answer-rule/rule-moved-on.ts'
import { ReasonButton } from '#features/parts/reason-button.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import { Button } from '#ui/layout/button.tsx'
import { MeasureText } from './measure-text.tsx'

type Written = Readonly<{ when: string; words: string; because: string; days: string }>

const asWritten = ({ when, words, because, days }: AnswerRule): Written => ({
  ...{ when: when.map(conditionLine).join('\n'), words, because, days: String(days ?? '') },
})

/** Another version of a rule: written here, tried on the answers of the last year, and only then used. */
export function ChangeAnswerRule({ rule }: { rule: AnswerRule }) {
  const { t } = useLingui()
  const [written, setWritten, clear] = useDraft(`change-${rule.code}`, asWritten(rule))
  const [trial, setTrial] = useState<AnswerRuleFigures | undefined>()
  const [moved, setMoved] = useState<string>()
  const trying = useMutation({
    mutationFn: () => tryAnswerRule(rule.code, written),
    onSuccess: (figures) => {
      setMoved(undefined)
      setTrial(figures)
    },
  })
  const set = (part: Partial<Written>) => {
    setTrial(undefined)
    setMoved(undefined)
    setWritten({ ...written, ...part })
  }
  const start = async (figures: AnswerRuleFigures, reason: string) => {
    try {
      await startAnswerRule(figures, reason)
    } catch (error) {
      if (error instanceof RuleMovedOn) setMoved(error.message)
      throw error
    }
  }
  const spoken = `${rule.words}, ${rule.because}`
  const isNumber = /^\d{0,3}$/.test(written.days.trim())
  return (
    <details>
      <summary>
        <Trans>Try another version: {rule.words}</Trans>
      </summary>
      <TextArea
        label={t`What the answers must be`}
        hint={t`One condition a line. All of them must hold. For example: fallen is yes, or how-many from 2`}
        name={`when-${rule.code}`}
        value={written.when}
        onChange={(when) => set({ when })}
      />
      <TextField
        label={t`What it suggests`}
        name={`words-${rule.code}`}
        value={written.words}
        onChange={(words) => set({ words })}
      />
      <TextField
        label={t`Why, after the word “because”`}
        hint={t`The name of a question in curly brackets stands for its answer, as in the words here`}
        name={`because-${rule.code}`}
        value={written.because}
        onChange={(because) => set({ because })}
      />
      <TextField
        label={t`Within how many days (for a task)`}
        name={`days-${rule.code}`}
        inputMode="numeric"
        value={written.days}
        onChange={(days) => set({ days })}
        {...(isNumber ? {} : { error: t`Enter a whole number from 0 to 365` })}
      />
      {trying.error && (
        <p role="alert" className="insight__refused">
          <Refused error={trying.error} />
        </p>
      )}
      <Button
        variant="outline"
        aria-label={t`Try it on past answers: ${spoken}`}
        pending={trying.isPending}
        onClick={() => {
          if (isNumber) trying.mutate()
        }}
      >
        <Trans>Try it on past answers</Trans>
      </Button>
      {trial && (
        <>
          <TrialFigures trial={trial} />
          <ReasonButton
            draft={`start-${rule.code}`}
            verb={<Trans>Use this version</Trans>}
            title={<Trans>Use this version from now on?</Trans>}
            label={<Trans>Why, and who agrees</Trans>}
            run={(reason) => start(trial, reason)}
            done={() => {
              clear()
              setTrial(undefined)
              toast(<Trans>Saved, with your reason.</Trans>)
            }}
          >
            <p>
              <Trans>
                It holds for everybody here, in every organisation. The version before stays in the
                history of the rule.
              </Trans>
            </p>
            {moved ? <p className="insight__refused">{moved}</p> : null}
          </ReasonButton>
        </>
      )}
    </details>
  )
}

/** What the server says is wrong is for the reader, in plain words. */
function Refused({ error }: { error: Error }) {
  if (error instanceof FhirError && error.status === 422) return error.message
  return <Trans>This was not tried. What you wrote is kept. Try again.</Trans>
}

function TrialFigures({ trial }: { trial: AnswerRuleFigures }) {
  const { t } = useLingui()
  const rows = [
    [t`Answers of the last year that were looked at`, trial.answers],
    [t`The rule as it is suggests something for`, trial.before],
    [t`This version would suggest something for`, trial.now],
    [t`New with this version`, trial.gained],
    [t`No longer with this version`, trial.lost],
    [t`Of those that stay: taken`, trial.keptTaken],
    [t`Of those that stay: dismissed`, trial.keptDismissed],
    [t`Of those that would go: taken`, trial.lostTaken],
    [t`Of those that would go: dismissed`, trial.lostDismissed],
  ] as const
  return (
    <div role="status">
      <table className="gable-table">
        <caption>
          <Trans>Tried on past answers</Trans>
        </caption>
        <thead>
          <tr>
            <th scope="col">{t`What is counted`}</th>
            <th scope="col">{t`Number`}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([title, measure]) => (
            <tr key={title}>
              <td>{title}</td>
              <td>
                <MeasureText measure={measure} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="gable-meta">
        <Trans>
          Rounded to the nearest five. You cannot see whom it is about; the professionals who treat
          them can.
        </Trans>
      </p>
    </div>
  )
}
