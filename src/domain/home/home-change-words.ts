import type { Organization } from '@medplum/fhirtypes'
import { changedElements } from '#domain/access/record-access-kind.ts'
import { type HomePlace, homePlaceFrom } from './home-place.ts'

const parts: readonly (readonly [keyof HomePlace, string])[] = [
  ['phone', 'the telephone number'],
  ['nightPhone', 'the telephone number at night'],
  ['manager', 'the manager'],
  ['address', 'the address'],
  ['postcode', 'the postcode'],
]

const said = (value: string) => value || 'not recorded'

/**
 * What changed in a care home, as the news of its residents says it, in English like all news of the service; empty if
 * nothing did.
 */
export function homeChangeWords(before: Organization, after: Organization): string {
  const changed = changedElements(before, after).filter(
    (each) => each !== 'extension:numbers-changed',
  )
  if (changed.length === 0) return ''
  const [was, is] = [homePlaceFrom(before), homePlaceFrom(after)]
  const lines = parts.flatMap(([part, words]) =>
    was[part] === is[part]
      ? []
      : [`Changed ${words} of ${is.name}: was ${said(was[part])}, is now ${said(is[part])}.`],
  )
  if (was.name !== is.name) lines.unshift(`${was.name} is now called ${is.name}.`)
  if (before.active !== false && after.active === false) lines.push(`${is.name} is closed.`)
  return lines.length > 0 ? lines.join(' ') : `Changed what is recorded about ${is.name}.`
}
