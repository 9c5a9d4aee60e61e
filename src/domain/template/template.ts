/** What a template suggests: something the person may need, a goal, a step, or a line for if things get worse. */
export type TemplateKind = 'need' | 'goal' | 'step' | 'what-if'
export const templateKinds: readonly TemplateKind[] = ['need', 'goal', 'step', 'what-if']

/** The level to which a line for if things get worse belongs. */
export type TemplatePlace = 'amber' | 'red'

export type TemplateItem = Readonly<{
  /** stays the same in every version: what was dismissed never comes again in other words */
  id: string
  kind: TemplateKind
  /** of a line for if things get worse: the situation and what to do then, in one sentence */
  words: string
  /** why it comes, to be read after “Because” */
  because: string
  place?: TemplatePlace
}>

/** Public guidance that a template follows in its own words. */
export type TemplateSource = Readonly<{ name: string; title: string }>

/** What is worth talking about in a common situation. Nobody has reviewed it clinically yet: it suggests, people choose. @unverified template */
export type Template = Readonly<{
  id: string
  version: string
  title: string
  sources: readonly TemplateSource[]
  items: readonly TemplateItem[]
}>

/** A template as it is offered here; an administrator may retire one. @unverified template */
export type OfferedTemplate = Template & Readonly<{ retired: boolean }>
