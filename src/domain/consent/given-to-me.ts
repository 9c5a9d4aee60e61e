import type { HumanName, Parameters } from '@medplum/fhirtypes'
import { type AccessLabel, sharedAccessLabels } from '#domain/access/labels/access-label.ts'
import {
  as,
  boolean,
  code,
  element,
  group,
  id,
  list,
  optional,
  parameters,
  text,
} from '#domain/fhir/parameters.ts'
import { given } from '#domain/fhir/references-and-extensions.ts'
import type { ConsentedLabels } from './consent.ts'

/** The result of `$shared-with-me`. */
export const sharedWithMe = parameters({
  people: as(
    'person',
    list(
      group({
        id,
        names: as('name', list(element('valueHumanName'))),
        read: list(code),
        write: list(code),
        /** its last day; absent: without an end */
        until: optional(text),
        /** the moment when the share was last changed */
        since: optional(text),
      }),
    ),
  ),
})

/** The result of `$withheld`: whether something is hidden, and never what. */
export const withheldAnswer = parameters({ withheld: boolean })

/** What a person shares with a carer, room by room; the name goes with every room. */
export type GivenToMe = ConsentedLabels &
  Readonly<{
    names: readonly HumanName[]
    /** its last day, and the moment when the share was last changed */
    until?: string
    since?: string
  }>

/** Undefined if the person shares nothing, or no longer shares anything. */
export function givenFrom(answer: Parameters, person: string): GivenToMe | undefined {
  const found = sharedWithMe.read(answer).people.find((each) => each.id === person)
  const read = roomsIn(found?.read ?? [])
  if (!found || read.length === 0) return undefined
  return {
    ...{ read, write: roomsIn(found.write), names: found.names },
    ...given('until', found.until),
    ...given('since', found.since),
  }
}

const roomsIn = (codes: readonly string[]): readonly AccessLabel[] =>
  sharedAccessLabels.filter((room) => codes.includes(room))
