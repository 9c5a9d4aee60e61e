import type { Flag } from '@medplum/fhirtypes'
import { gableCodeSystem } from '#domain/fhir/codes.ts'
import {
  extensionOf,
  given,
  idIn,
  ownCode,
  recordFrom,
  referenceTo,
  whoFrom,
  withExtensions,
  writtenExtension,
} from '#domain/fhir/references-and-extensions.ts'
import { type PlanRecord, type WhatIfLevel, type Who, whatIfLevels } from '#domain/plan/plan.ts'
import type { RecordKind } from '#domain/plan/record-kind.ts'

/** How long a colour counts. After that it is “not said”, until somebody says it again. */
export const colourHours = 24

/**
 * What somebody said about how things are today. It is a statement, never worked out: each person has one record, and
 * the latest of all counts.
 */
export type DayColour = PlanRecord &
  Readonly<{ person: string; colour: WhatIfLevel; words: string; by: Who; at: string }>

const isCoded = (flag: Flag, code: string) =>
  flag.category?.some((each) =>
    each.coding?.some((coding) => coding.system === gableCodeSystem && coding.code === code),
  ) ?? false

export const isDayColour = (flag: Flag): boolean => isCoded(flag, 'todays-colour')

const colourUntil = (at: string): string =>
  new Date(Date.parse(at) + colourHours * 3_600_000).toISOString()

/** Undefined if it names no colour, nobody who said it, or no time. */
export function colourFromFhir(flag: Flag): DayColour | undefined {
  const code = flag.code?.coding?.find(({ system }) => system === gableCodeSystem)?.code
  const colour = whatIfLevels.find((each) => each === code)
  const by = whoFrom(flag.author)
  const at = flag.period?.start
  if (!colour || !by || !at || flag.status === 'entered-in-error') return undefined
  return {
    ...recordFrom(flag, flag.author),
    person: idIn(flag.subject?.reference),
    ...{ colour, by, at, words: extensionOf(flag, 'words')?.valueString ?? '' },
  }
}

const texts: Readonly<Record<WhatIfLevel, string>> = {
  green: 'Today is green',
  amber: 'Today is amber',
  red: 'Today is red',
}

function colourToFhir(said: DayColour, onto?: Flag): Flag & { id: string } {
  return {
    ...onto,
    resourceType: 'Flag',
    id: said.id,
    status: 'active',
    category: onto?.category ?? [ownCode('todays-colour')],
    code: { ...ownCode(said.colour), text: texts[said.colour] },
    subject: { reference: `Patient/${said.person}` },
    period: { start: said.at, end: colourUntil(said.at) },
    author: referenceTo(said.by),
    ...withExtensions(onto, {
      words: said.words ? [{ valueString: said.words }] : [],
      written: writtenExtension(said.written),
    }),
  }
}

export const colourKind: RecordKind<DayColour, Flag> = {
  type: 'Flag',
  fromFhir: (flag) =>
    colourFromFhir(flag) ?? {
      ...{ id: flag.id ?? '', person: idIn(flag.subject?.reference), colour: 'green' },
      ...{ words: '', by: { reference: '', name: '', voice: 'professional' }, at: '' },
    },
  toFhir: colourToFhir,
}

export type ColourNow = Readonly<{
  said: DayColour
  /** false: its time is over, and the colour of today is not said */
  isCurrent: boolean
  until: string
}>

/** The latest colour that somebody said; undefined if nobody ever did. */
export function colourNow(colours: readonly DayColour[], now: Date): ColourNow | undefined {
  const [said] = colours.toSorted((one, other) => Date.parse(other.at) - Date.parse(one.at))
  if (!said) return undefined
  const until = colourUntil(said.at)
  return { said, until, isCurrent: now.getTime() < Date.parse(until) }
}

/**
 * A colour as it is stored: in the name of the user who sends it, since the time at which they said it and never in the
 * future, until its time is over.
 */
export function stampedColour<T extends Flag>(
  flag: T,
  { who, at }: Readonly<{ who: Who; at: string }>,
): T {
  const said = Date.parse(flag.period?.start ?? '')
  const start = said <= Date.parse(at) ? new Date(said).toISOString() : at
  return {
    ...flag,
    author: { ...referenceTo(who), ...given('display', who.name) },
    period: { start, end: colourUntil(start) },
  }
}
