import type { Coding, Resource } from '@medplum/fhirtypes'
import { gableUrl, hl7CodeSystem } from '#domain/fhir/codes.ts'
import { isBetween } from './between.ts'
import { isRestricted, restrictedLabel } from './restricted.ts'

/** What a restricted record tells its readers about the restriction. */
export type Restriction = Readonly<{
  /** it is between professionals as well: the person does not see it either */
  between: boolean
  /** it has no label of its own: it is restricted with the record that it refers to */
  through?: true
  /** in the words of the user who restricted it */
  why?: string
}>

const whyUrl = gableUrl('restricted-why')
/** HL7 codes for sensitive content (`HIV`, `PSY`, `SDV` …): other systems use them to say why a record is restricted. */
const sensitivity = hl7CodeSystem('v3-ActCode')

/** Undefined for a record whose own labels do not restrict it. */
export function restrictionOf(resource: Resource): Restriction | undefined {
  if (!isRestricted(resource)) return undefined
  const why = reasonOf(resource)
  return { between: isBetween(resource), ...(why ? { why } : {}) }
}

/** Why a record is labelled, as far as its labels say: as text, or by a code beside them. */
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
