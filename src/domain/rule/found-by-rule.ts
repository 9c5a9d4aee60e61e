import type { Extension } from '@medplum/fhirtypes'
import { gableUrl } from '#domain/fhir/codes.ts'

/** The version of a rule that had found a person when it was decided about them. */
export type FoundByRule = Readonly<{ rule: string; version: number; name: string }>

export const foundByRuleUrl = gableUrl('found-by-rule')

/** As extensions of an EpisodeOfCare. Only the service writes them. */
export const foundByExtensions = (found: readonly FoundByRule[]): readonly Extension[] =>
  found.map(({ rule, version, name }) => ({
    url: foundByRuleUrl,
    extension: [
      { url: 'rule', valueId: rule },
      { url: 'version', valueInteger: version },
      { url: 'name', valueString: name },
    ],
  }))

export const foundByIn = (extension: readonly Extension[] | undefined): readonly FoundByRule[] =>
  (extension ?? [])
    .filter(({ url }) => url === foundByRuleUrl)
    .map(({ extension: parts = [] }) => {
      const of = (name: string) => parts.find(({ url }) => url === name)
      return {
        rule: of('rule')?.valueId ?? '',
        version: of('version')?.valueInteger ?? 0,
        name: of('name')?.valueString ?? '',
      }
    })
