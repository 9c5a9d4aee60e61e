import type { Who } from '#domain/plan/plan.ts'
import type { ChangeDecision } from '#domain/suggestion/suggested-change.ts'
import { templateNamed } from './built-in-templates.ts'
import type { TemplateKind, TemplatePlace } from './template.ts'

/** An item of a template that was suggested for one person, and what the team or the person chose. */
export type SuggestedItem = Readonly<{
  id: string
  person: string
  template: string
  version: string
  item: string
  kind: TemplateKind
  place?: TemplatePlace
  words: string
  because: string
  by: Who
  at: string
  state: 'waiting' | 'taken' | 'dismissed'
  taken?: string
  reason?: string
  /** the record that it became */
  became?: string
  decision?: ChangeDecision
}>

export const titleOfTemplate = (template: string): string =>
  templateNamed(template)?.title ?? template

/** What nobody has decided about yet, in the order in which it came, then by kind. */
export const waitingItems = (
  items: readonly SuggestedItem[],
  kinds: readonly TemplateKind[],
): readonly SuggestedItem[] =>
  items
    .filter(({ state, kind }) => state === 'waiting' && kinds.includes(kind))
    .toSorted(
      (one, other) =>
        one.at.localeCompare(other.at) ||
        kinds.indexOf(one.kind) - kinds.indexOf(other.kind) ||
        one.words.localeCompare(other.words),
    )
