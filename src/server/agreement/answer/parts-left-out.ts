import type { Provenance } from '@medplum/fhirtypes'
import type { NotAgreed } from '#domain/agreement/agreement.ts'
import { type AnswerCode, notAgreedIn } from '#domain/agreement/fhir.ts'
import { partMark } from '#domain/agreement/part-mark.ts'
import { FhirProblem } from '#server/problem.ts'
import type { CoveredVersion } from './versions-covered.ts'

const problem = (text: string) =>
  new FhirProblem(422, 'business-rule', text, { expression: 'Provenance.extension' })

/**
 * What a yes in part leaves out: at least one part of the plan and not all of it, each with what should be different in
 * the person’s words. A whole yes or no names none.
 */
export function partsLeftOut(
  answer: Provenance,
  said: AnswerCode,
  covered: readonly CoveredVersion[],
): readonly NotAgreed[] {
  const parts = notAgreedIn(answer)
  if (said !== 'agree-in-part') {
    if (parts.length === 0) return []
    throw problem('Only a yes in part names parts that are not agreed')
  }
  const known = new Map(
    covered.map(({ version, content }) => [version.split('/').slice(0, 2).join('/'), content]),
  )
  const named = new Set(parts.map(({ record }) => record))
  if (named.size === 0) throw problem('A yes in part must name what is not agreed')
  if (named.size < parts.length) throw problem('A part that is not agreed is named twice')
  if (parts.some(({ record }) => !known.has(record)))
    throw problem('A part that is not agreed must be in this version of the plan')
  if (named.size === known.size)
    throw problem('If nothing is agreed, the answer is “not like this”')
  if (parts.some(({ words }) => words.trim() === ''))
    throw problem('Say in the person’s words what should be different in each part')
  return parts.map(({ record, words }) => {
    const content = known.get(record)
    return { record, words: words.trim(), ...(content ? { mark: partMark(content) } : {}) }
  })
}
