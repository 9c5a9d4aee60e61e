import type { Organization } from '@medplum/fhirtypes'
import {
  extensionOf,
  whoFrom,
  withExtensions,
  writtenExtension,
} from '#domain/fhir/references-and-extensions.ts'
import type { WrittenBy } from '#domain/plan/plan.ts'

const mark = 'numbers-changed'

/** Who changed the numbers of a care home last, and when; the service writes it. */
export function numbersChangedIn(home: Organization | undefined): WrittenBy | undefined {
  const parts = extensionOf(home, mark)?.extension ?? []
  const part = (url: string) => parts.find((each) => each.url === url)
  const by = whoFrom(part('by')?.valueReference)
  const at = part('at')?.valueDateTime
  return by && at ? { by, at } : undefined
}

/** The home with this mark, or with none. */
export function withNumbersChanged<O extends Organization>(home: O, by: WrittenBy | undefined): O {
  const { extension: _claimed, ...rest } = home
  return { ...rest, ...withExtensions(home, { [mark]: writtenExtension(by) }) } as O
}
