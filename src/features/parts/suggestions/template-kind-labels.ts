import { useLingui } from '@lingui/react/macro'
import type { TemplateKind } from '#domain/template/template.ts'

/** What a template suggests, by kind. */
export function useTemplateKindLabels(): Readonly<Record<TemplateKind, string>> {
  const { t } = useLingui()
  return {
    need: t`A need to talk about`,
    goal: t`A goal`,
    step: t`A step`,
    'what-if': t`A line for “if things get worse”`,
  }
}
