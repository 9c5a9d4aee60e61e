import type { Who } from '#domain/plan/plan.ts'
import type { ChangeDecision } from '#domain/suggestion/suggested-change.ts'
import { templateNamed } from './built-in-templates.ts'
import type { TemplateKind } from './template.ts'

/** An item of a template that was suggested for one person, and what the team or the person chose. @unverified template */
export type SuggestedItem = Readonly<{
  id: string
  person: string
  template: string
  version: string
  item: string
  kind: TemplateKind
  /** also `red.sign` or `red.doWhat`: half a line, from a template of before */
  place?: string
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

/** The place of a template for what a team meeting suggests: no list has it, and it was decided about one person. */
export const meetingTemplate = { id: 'team-meeting', version: '1' } as const

export const isFromMeeting = ({ template }: Pick<SuggestedItem, 'template'>): boolean =>
  template === meetingTemplate.id

export const titleOfTemplate = (template: string): string =>
  templateNamed(template)?.title ?? template

/** What nobody has decided about yet, in the order in which it came, then by kind. */
export const waitingItems = (
  items: readonly SuggestedItem[],
  kinds: readonly TemplateKind[],
): readonly SuggestedItem[] =>
  wholeLines(
    items.filter(({ state, kind }) => state === 'waiting' && kinds.includes(kind)),
  ).toSorted(
    (one, other) =>
      one.at.localeCompare(other.at) ||
      kinds.indexOf(one.kind) - kinds.indexOf(other.kind) ||
      one.words.localeCompare(other.words),
  )

const wholeOf = ({ item }: SuggestedItem) => item.replace(/-do$/, '')

/**
 * A situation and what to do then were two items once, and either could be taken without the other. What still waits of
 * them is shown as the one line that the template holds now.
 */
function wholeLines(waiting: readonly SuggestedItem[]): readonly SuggestedItem[] {
  return waiting.flatMap((each) => {
    if (!each.place?.includes('.')) return each
    const isOther = (other: SuggestedItem) =>
      other.template === each.template && other.item === wholeOf(each) && other.id !== each.id
    if (waiting.some(isOther)) return []
    const now = templateNamed(each.template)?.items.find(({ id }) => id === wholeOf(each))
    return { ...each, words: now?.words ?? each.words }
  })
}
