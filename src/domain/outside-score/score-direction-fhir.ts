import type { Library } from '@medplum/fhirtypes'
import { gableUrl } from '#domain/fhir/codes.ts'
import { extensionOf, ownCode, withExtensions } from '#domain/fhir/references-and-extensions.ts'
import type { StatedDirection } from './stated-direction.ts'

const prefix = 'score-direction-'
const extensionName = 'score-direction'
export const scoreDirectionUrl = gableUrl(extensionName)

/** One record for each score: its id is made of the code. */
export const scoreDirectionId = (code: string): string => `${prefix}${code}`

/** Known by its id, so that nothing else can stand there: only the operation writes it. */
export const isScoreDirection = ({
  resourceType,
  id = '',
}: Readonly<{ resourceType: string; id?: string }>): boolean =>
  resourceType === 'Library' && id.startsWith(prefix)

export function scoreDirectionToFhir(stated: StatedDirection): Library & { id: string } {
  const { code, direction, words, by, at, version } = stated
  return {
    ...{ resourceType: 'Library', id: scoreDirectionId(code), type: ownCode(extensionName) },
    // one that was taken back stays, without a direction
    ...{ status: direction ? 'active' : 'retired', version: String(version), date: at },
    ...{ description: words, author: [{ name: by }] },
    ...withExtensions(undefined, {
      [extensionName]: direction ? [{ valueCode: direction }] : [],
    }),
  }
}

export function scoreDirectionFromFhir(library: Library): StatedDirection {
  const said = extensionOf(library, extensionName)?.valueCode
  const { id = '', version = '1', date = '', description = '', author } = library
  return {
    ...{ code: id.slice(prefix.length), version: Number(version) },
    ...{ at: date, words: description, by: author?.[0]?.name ?? '' },
    ...(said === 'high' || said === 'low' ? { direction: said } : {}),
  }
}
