import type { Extension, PractitionerRole, PractitionerRoleNotAvailable } from '@medplum/fhirtypes'
import { dayWritten } from '#domain/calendar/days.ts'
import {
  extensionOf,
  given,
  referenceTo,
  whoFrom,
  withExtensions,
} from '#domain/fhir/references-and-extensions.ts'
import type { Absence } from './absence.ts'

const name = 'absence'

/** The absences on a role that say who covers; what another system wrote there is left alone. */
export const absencesFromFhir = (role: PractitionerRole): readonly Absence[] =>
  (role.notAvailable ?? []).flatMap((each) => absenceFrom(role, each) ?? [])

function absenceFrom(
  { practitioner, organization }: PractitionerRole,
  entry: PractitionerRoleNotAvailable,
): Absence | undefined {
  const part = (url: string) =>
    extensionOf(entry, name)?.extension?.find((each) => each.url === url)
  const id = part('id')?.valueId
  const [who, cover] = [whoFrom(practitioner), whoFrom(part('cover')?.valueReference)]
  const { start, end } = entry.during ?? {}
  if (!id || !who || !cover || !start || !end) return undefined
  return {
    ...{ id, who, cover, from: dayWritten(start), until: dayWritten(end) },
    ...{ by: part('by')?.valueString ?? '', at: part('at')?.valueDateTime ?? '' },
    ...given('organisation', organization?.reference),
    ...given('planned', part('planned')?.valueDate),
    ...given('read', part('read')?.valueDateTime),
  }
}

/** FHIR asks for a description; it says no more than that somebody else is there. */
function entryOf(absence: Absence): PractitionerRoleNotAvailable {
  const { id, cover, from, until, planned, by, at, read } = absence
  const parts: Extension[] = [
    { url: 'id', valueId: id },
    { url: 'cover', valueReference: referenceTo(cover) },
    { url: 'by', valueString: by },
    { url: 'at', valueDateTime: at },
    ...(planned ? [{ url: 'planned', valueDate: planned }] : []),
    ...(read ? [{ url: 'read', valueDateTime: read }] : []),
  ]
  return {
    ...withExtensions(undefined, { [name]: [{ extension: parts }] }),
    description: `Away. ${cover.name} covers.`,
    during: { start: from, end: until },
  }
}

const isEntryOf = (role: PractitionerRole, entry: PractitionerRoleNotAvailable, id: string) =>
  absenceFrom(role, entry)?.id === id

/** The role with this absence, new or changed; in the order of the days. */
export function withAbsence(role: PractitionerRole, absence: Absence): PractitionerRole {
  const rest = (role.notAvailable ?? []).filter((each) => !isEntryOf(role, each, absence.id))
  const start = ({ during }: PractitionerRoleNotAvailable) => during?.start ?? ''
  return {
    ...role,
    notAvailable: [...rest, entryOf(absence)].toSorted((one, other) =>
      start(one).localeCompare(start(other)),
    ),
  }
}

/** The role without it: it was withdrawn before it began. Earlier versions of the record still have it. */
export function withoutAbsence(role: PractitionerRole, id: string): PractitionerRole {
  const { notAvailable = [], ...rest } = role
  const left = notAvailable.filter((each) => !isEntryOf(role, each, id))
  return left.length > 0 ? { ...rest, notAvailable: left } : rest
}

/** The role as somebody else wrote it, with the absences that stand: only the operations change them. */
export function withStandingAbsences(
  after: PractitionerRole,
  before: PractitionerRole | undefined,
): PractitionerRole {
  const isOurs = (each: PractitionerRoleNotAvailable) => extensionOf(each, name) !== undefined
  const theirs = (after.notAvailable ?? []).filter((each) => !isOurs(each))
  const ours = (before?.notAvailable ?? []).filter(isOurs)
  const { notAvailable: _asked, ...rest } = after
  const all = [...theirs, ...ours]
  return all.length > 0 ? { ...rest, notAvailable: all } : rest
}
