import type { Patient } from '@medplum/fhirtypes'

/** The tag (BCP 47) of the language the person prefers, as their record says it. */
export function preferredLanguage({ communication }: Patient): string | undefined {
  const preferred = communication?.find((each) => each.preferred)
  return preferred?.language.coding?.find(({ code }) => code)?.code
}
