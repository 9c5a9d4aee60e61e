import type { Coding, Resource } from '@medplum/fhirtypes'
import { isRestricted, restrictedLabel } from './restricted.ts'
import { professionalOnly } from './room.ts'

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
  const labels = resource.meta?.security ?? []
  const between = labels.some(
    ({ system, code }) => system === professionalOnly.system && code === professionalOnly.code,
  )
  const why = labels.flatMap(whyIn)[0]
  return { between, ...(why ? { why } : {}) }
}

function whyIn({ system, code, display, extension }: Coding): readonly string[] {
  const said = extension?.find((each) => each.url === whyUrl)?.valueString
  if (said) return [said]
  return system === sensitivity ? [display ?? code ?? ''].filter(Boolean) : []
}

/** The label that restricts a record, with the reason for it. */
export function restrictedBecause(why: string): Coding {
  return { ...restrictedLabel, extension: [{ url: whyUrl, valueString: why }] }
}
