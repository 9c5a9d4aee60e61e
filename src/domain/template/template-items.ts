import type { TemplateItem, TemplatePlace } from './template.ts'

type Facts = readonly [id: string, words: string, because: string]

/** The items of a template, by kind: id, words, and why they come. */
export function templateItems(
  facts: Readonly<{
    needs?: readonly Facts[]
    goals?: readonly Facts[]
    steps?: readonly Facts[]
    worse?: readonly (readonly [place: TemplatePlace, ...rest: Facts])[]
  }>,
): readonly TemplateItem[] {
  const of = (kind: TemplateItem['kind'], list: readonly Facts[] = []) =>
    list.map(([id, words, because]): TemplateItem => ({ id, kind, words, because }))
  const lines = (facts.worse ?? []).map(
    ([place, id, words, because]): TemplateItem => ({
      ...{ id, kind: 'what-if', words, because, place },
    }),
  )
  return [
    ...of('need', facts.needs),
    ...of('goal', facts.goals),
    ...of('step', facts.steps),
    ...lines,
  ]
}
