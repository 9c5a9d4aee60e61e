import { useLingui } from '@lingui/react/macro'
import { brokenRulesIn } from '#domain/assessment/answer-problems.ts'
import type { Form } from '#domain/assessment/form.ts'
import { Notice } from '#ui/feedback/notice.tsx'

/** What a questionnaire warns of, in its own words. It prevents nothing. */
export function RuleWarnings({ form }: { form: Form }) {
  const { t } = useLingui()
  const warnings = brokenRulesIn(form, 'warning')
  const unchecked = (form.worked?.broken ?? []).filter(({ fault }) => fault)
  return (
    <>
      {warnings.length > 0 && (
        <Notice tone="warning" title={t`Look at this again`}>
          <ul>
            {warnings.map(({ words, question }) => (
              <li key={`${question.linkId}-${words}`}>{words}</li>
            ))}
          </ul>
        </Notice>
      )}
      {unchecked.length > 0 && (
        <Notice tone="warning" title={t`These rules could not be checked. Check them yourself`}>
          <ul>
            {unchecked.map(({ constraint }) => (
              <li key={constraint.key}>{constraint.human}</li>
            ))}
          </ul>
        </Notice>
      )}
    </>
  )
}
