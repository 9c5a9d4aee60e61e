import type { Coding, Resource } from '@medplum/fhirtypes'
import { isBetween } from './access-label.ts'
import { isRestricted, restrictedLabel } from './restricted.ts'

/** What a record that is restricted tells its readers of that. */
export type Restriction = Readonly<{
  /** it is between professionals as well: not even the person sees it */
  between: boolean
  /** it bears no label of its own: what it speaks of is restricted, and it with that */
  through?: true
  /** in the words of whoever restricted it */
  why?: string
}>

const whyUrl = 'https://gable.example/fhir/restricted-why'
/** HL7 codes for what is sensitive (`HIV`, `PSY`, `SDV` …): other systems say by them why they restricted a record. */
const sensitivity = 'http://terminology.hl7.org/CodeSystem/v3-ActCode'

/** Undefined for a record whose own labels do not restrict it. */
export function restrictionOf(resource: Resource): Restriction | undefined {
  if (!isRestricted(resource)) return undefined
  const why = reasonOf(resource)
  return { between: isBetween(resource), ...(why ? { why } : {}) }
}

/** Why a record is labelled, as far as its labels say: in words, or by a code beside them. */
export function reasonOf(resource: Resource): string | undefined {
  return (resource.meta?.security ?? []).flatMap(whyIn)[0]
}

function whyIn({ system, code, display, extension }: Coding): readonly string[] {
  const said = extension?.find((each) => each.url === whyUrl)?.valueString?.trim()
  if (said) return [said]
  return system === sensitivity ? [display ?? code ?? ''].filter(Boolean) : []
}

/** The label that restricts a record, with the reason for it. */
export function restrictedBecause(why: string): Coding {
  return { ...restrictedLabel, extension: [{ url: whyUrl, valueString: why }] }
}
