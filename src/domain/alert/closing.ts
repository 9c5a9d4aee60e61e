import type { Extension, Flag } from '@medplum/fhirtypes'
import {
  extensionsOf,
  idIn,
  ownCode,
  referenceTo,
  whoFrom,
  withExtensions,
} from '#domain/fhir/references-and-extensions.ts'
import type { Who } from '#domain/plan/plan.ts'

/** Why somebody says that an alert is dealt with. `at`: instant. */
export type Closing = Readonly<{ by: Who; at: string; words: string }>

/** What an alert is about: a reading, or a hospital stay that somebody came home from. */
export type AlertMatter = Readonly<{
  person: string
  about: `Observation/${string}` | `Encounter/${string}`
  /** since when, day or instant */
  since: string
}>

/** Ids have 64 characters at most: of a longer one the end is kept. */
const mostOfId = 58
export const alertIdFor = (about: AlertMatter['about']) => `alert-${idIn(about).slice(-mostOfId)}`

/** The flag of an alert, as the first one who closes it creates it. */
export function alertFlag({ person, about, since }: AlertMatter): Flag & { id: string } {
  const code = about.startsWith('Encounter/') ? 'home-from-hospital' : 'reading-outside-limits'
  return {
    ...{ resourceType: 'Flag', id: alertIdFor(about), status: 'active', code: ownCode(code) },
    subject: { reference: `Patient/${person}` },
    period: { start: since },
    ...withExtensions(undefined, { about: [{ valueReference: { reference: about } }] }),
  }
}

/** The flag closed with its reason; reasons that others gave before are kept. */
export function withClosing(flag: Flag, { by, at, words }: Closing): Flag & { id: string } {
  const closing = {
    extension: [
      { url: 'by', valueReference: referenceTo(by) },
      { url: 'at', valueDateTime: at },
      { url: 'words', valueString: words },
    ],
  }
  return {
    ...flag,
    ...{ id: flag.id ?? '', status: 'inactive', period: { ...flag.period, end: at } },
    author: referenceTo(by),
    ...withExtensions(flag, { closing: [...extensionsOf(flag, 'closing'), closing] }),
  }
}

/** Opened again, because it was closed by mistake. The reason that was given is kept. */
export function openAgain(flag: Flag): Flag & { id: string } {
  const { end: _end, ...period } = flag.period ?? {}
  return { ...flag, id: flag.id ?? '', status: 'active', period }
}

/** Every reason that was given, oldest first. */
export function closingsOf(flag: Flag): readonly Closing[] {
  return extensionsOf(flag, 'closing').flatMap(({ extension = [] }: Extension) => {
    const part = (url: string) => extension.find((each) => each.url === url)
    const by = whoFrom(part('by')?.valueReference)
    const at = part('at')?.valueDateTime
    return by && at ? [{ by, at, words: part('words')?.valueString ?? '' }] : []
  })
}
