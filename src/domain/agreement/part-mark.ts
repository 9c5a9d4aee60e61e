import type { Resource } from '@medplum/fhirtypes'
import { agreedContent } from '#domain/plan/agreed-content.ts'
import { recordText } from '#domain/plan/record-text.ts'
import type { Agreement } from './agreement.ts'

/** Who said it and when it was written down: the same words in another name are the same words. */
const attribution: readonly string[] = [
  ...['expressedBy', 'performer', 'recorder', 'asserter', 'requester', 'author', 'note'],
  ...['startDate', 'authoredOn', 'recordedDate', 'effectiveDateTime', 'issued', 'created'],
]

/**
 * A short mark of what a part of a plan says: of the same words the same one, of others another. Its text is not copied
 * into an answer, where nobody would check who may read it.
 */
export function partMark(part: Resource): string {
  return hash(part.resourceType === 'CarePlan' ? recordText(part) : withoutAttribution(part))
}

function withoutAttribution(part: Resource): string {
  const content = agreedContent(part)
  return JSON.stringify(
    Object.entries(content ? (JSON.parse(content) as object) : {}).filter(
      ([name]) => !attribution.includes(name),
    ),
  )
}

/** FNV-1a over two lanes: no secret, and two texts of one part that have the same mark are not expected in a lifetime. */
function hash(text: string): string {
  let [one, other] = [0x811c9dc5, 0x01000193]
  for (const letter of text) {
    const code = letter.codePointAt(0) ?? 0
    one = Math.imul(one ^ code, 0x01000193)
    other = Math.imul(other ^ (code + 0x9e37), 0x85ebca6b)
  }
  return [one, other].map((lane) => (lane >>> 0).toString(16).padStart(8, '0')).join('')
}

/** The answers, each part that they leave out with whether it still says the same. */
export function withStanding(
  agreements: readonly Agreement[],
  records: readonly Resource[],
): readonly Agreement[] {
  const find = (name: string) => records.find((each) => `${each.resourceType}/${each.id}` === name)
  return agreements.map(({ notAgreed, ...agreement }) => ({
    ...agreement,
    ...(notAgreed
      ? {
          notAgreed: notAgreed.map((part) => {
            const now = part.mark === undefined ? undefined : find(part.record)
            return now ? { ...part, stands: partMark(now) === part.mark } : part
          }),
        }
      : {}),
  }))
}
