import { Plural, Trans } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { assessmentQueries } from '#client/queries/care-plan/assessments.ts'
import type { PlannedContent } from '#domain/programme/programme.ts'

/** One thing that a programme plans, in words. */
export function ContentText({ content }: { content: PlannedContent }) {
  const { data: forms = [] } = useQuery(assessmentQueries.forms())
  const { kind, weeks, form = '' } = content
  if (kind === 'contact')
    return <Plural value={weeks} one="A contact every week" other="A contact every # weeks" />
  if (kind === 'plan-agreed')
    return <Trans>The person’s answer to their plan by week {weeks}</Trans>
  const name = forms.find(({ url }) => url === form)?.title ?? form.split('/').at(-1)
  return (
    <Trans>
      Assessment “{name}” by week {weeks}
    </Trans>
  )
}
