import type { HumanName, Parameters, ParametersParameter } from '@medplum/fhirtypes'
import { type AccessLabel, sharedAccessLabels } from '#domain/access/labels/access-label.ts'
import type { ConsentedLabels } from './consent.ts'

/** What a person has given to a carer, room by room; whose it is goes with every room. */
export type GivenToMe = ConsentedLabels & Readonly<{ names: readonly HumanName[] }>

/** Undefined when she has given nothing, or nothing any more. */
export function givenFrom(answer: Parameters, person: string): GivenToMe | undefined {
  const found = answer.parameter?.find(
    ({ name, part }) =>
      name === 'person' && partsOf(part, 'id').some((id) => id.valueId === person),
  )
  if (!found) return undefined
  const read = roomsIn(partsOf(found.part, 'read'))
  if (read.length === 0) return undefined
  return {
    read,
    write: roomsIn(partsOf(found.part, 'write')),
    names: partsOf(found.part, 'name').flatMap(({ valueHumanName }) => valueHumanName ?? []),
  }
}

const partsOf = (parts: readonly ParametersParameter[] | undefined, wanted: string) =>
  (parts ?? []).filter(({ name }) => name === wanted)

function roomsIn(parts: readonly ParametersParameter[]): readonly AccessLabel[] {
  const codes = parts.map(({ valueCode }) => valueCode)
  return sharedAccessLabels.filter((room) => codes.includes(room))
}
