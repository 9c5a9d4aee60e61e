import {
  allQuestions,
  type Form,
  type FormQuestion,
  takesAnswer,
  writtenIdOf,
} from '#domain/assessment/form.ts'
import type { ExpressionSite } from './expression-sites.ts'

const counts: readonly string[] = ['integer', 'decimal', 'quantity']

/**
 * Keys of the questions without whose answers a calculated number would be too low: those that the score names in
 * `needs`; otherwise those that the expression names and, if it reads them without naming, all whose options have
 * weights. Text may be worked out from what is there.
 */
export function neededBy(form: Form, { question, dependsOn }: ExpressionSite): readonly string[] {
  if (!question || !counts.includes(question.type)) return []
  const all = allQuestions(form.items)
  const score = form.scores?.find(({ item }) => item === writtenIdOf(question))
  const needs = score?.needs ?? []
  if (needs.length > 0)
    return all.filter((each) => needs.includes(writtenIdOf(each))).map(({ linkId }) => linkId)
  const named = new Set(dependsOn)
  const asked = all.filter((each) => named.has(each.linkId) && takesAnswer(each))
  const readsAll = asked.length === all.filter((each) => takesAnswer(each)).length - 1
  const weighted = asked.filter(hasWeights)
  const needed = readsAll && weighted.length > 0 ? weighted : asked
  return needed.map(({ linkId }) => linkId)
}

export const hasWeights = ({ options }: FormQuestion): boolean =>
  options.some(({ ordinal }) => ordinal !== undefined)
