import type { Extension, Flag, Resource } from '@medplum/fhirtypes'
import { gableCodeSystem, gableUrl } from '#domain/fhir/codes.ts'

export const breakGlassReasons = ['emergency', 'cannot-speak', 'safeguarding', 'other'] as const
/** Why somebody opens a record without a relation to the person. */
export type BreakGlassReason = (typeof breakGlassReasons)[number]

/** How long a record that was opened in an emergency stays open, by the service's clock. */
export const breakGlassMinutes = 60

/** The minutes left, as announced: at ten, five and one, so that screen readers are not interrupted. */
export function spokenMinutes(left: number): number | undefined {
  return [1, 5, 10].find((each) => left <= each)
}

/** One opening of a record in an emergency. Instants in ISO 8601. */
export type BreakGlassGrant = Readonly<{
  id: string
  person: string
  /** id of the Practitioner, and the name at sign-in */
  practitioner: string
  name: string
  organisation?: string
  reason: BreakGlassReason
  words: string
  from: string
  until: string
  /** nobody has checked and closed it yet */
  alert: boolean
}>

export function isBreakGlass(resource: Resource): boolean {
  return (
    resource.resourceType === 'Flag' &&
    (resource.code?.coding?.some(
      (each) => each.system === gableCodeSystem && each.code === 'break-glass',
    ) ??
      false)
  )
}

/** The alert of an opening: a Flag that only the service creates, and that a professional closes with a reason. */
export function breakGlassToFhir(grant: BreakGlassGrant): Flag & { id: string } {
  const { organisation } = grant
  return {
    resourceType: 'Flag',
    id: grant.id,
    status: grant.alert ? 'active' : 'inactive',
    category: [{ coding: [{ system: gableCodeSystem, code: 'emergency-access' }] }],
    code: { coding: [{ system: gableCodeSystem, code: 'break-glass' }] },
    subject: { reference: `Patient/${grant.person}` },
    period: { start: grant.from },
    author: { reference: `Practitioner/${grant.practitioner}`, display: grant.name },
    extension: [
      { url: gableUrl('opened-by'), valueReference: openedBy(grant) },
      { url: gableUrl('open-until'), valueInstant: grant.until },
      { url: gableUrl('reason'), valueCode: grant.reason },
      { url: gableUrl('words'), valueString: grant.words },
      ...(organisation
        ? [
            {
              url: gableUrl('organisation'),
              valueReference: { reference: `Organization/${organisation}` },
            },
          ]
        : []),
    ],
  }
}

const openedBy = ({ practitioner, name }: BreakGlassGrant) => ({
  reference: `Practitioner/${practitioner}`,
  display: name,
})

export function breakGlassFromFhir(flag: Flag): BreakGlassGrant | undefined {
  const opener = extension(flag, 'opened-by')?.valueReference
  const until = extension(flag, 'open-until')?.valueInstant
  if (!isBreakGlass(flag) || !opener?.reference || !until) return undefined
  const organisation = idIn(extension(flag, 'organisation')?.valueReference?.reference)
  const code = extension(flag, 'reason')?.valueCode
  return {
    id: flag.id ?? '',
    person: idIn(flag.subject?.reference),
    practitioner: idIn(opener.reference),
    name: opener.display ?? '',
    ...(organisation ? { organisation } : {}),
    reason: breakGlassReasons.find((each) => each === code) ?? 'other',
    words: extension(flag, 'words')?.valueString ?? '',
    from: flag.period?.start ?? '',
    until,
    alert: flag.status === 'active',
  }
}

/** The alert after the opening has ended: the alert itself stays until somebody closes it. */
export function endedBreakGlass(flag: Flag, at: string): Flag & { id: string } {
  const over = (each: Extension): Extension =>
    each.url === gableUrl('open-until') ? { ...each, valueInstant: at } : each
  return { ...flag, id: flag.id ?? '', extension: (flag.extension ?? []).map(over) }
}

const extension = (flag: Flag, name: string): Extension | undefined =>
  flag.extension?.find((each) => each.url === gableUrl(name))

const idIn = (reference: string | undefined) => reference?.split('/')[1] ?? ''
