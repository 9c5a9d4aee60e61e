import {
  as,
  group,
  type In,
  integer,
  list,
  mapped,
  optional,
  type ParameterField,
  parameters,
  text,
} from '#domain/fhir/parameters.ts'
import type { Difference } from './differences.ts'

/** A record by its place in the request, counted from zero. */
const named = { index: integer, type: text, id: text }

const what = mapped(text, {
  write: (own: Difference['what']): string => own,
  read: (said) => said as Difference['what'],
})

type Value = NonNullable<Difference['value']>

const value: ParameterField<Value> = {
  write(name, holder, key) {
    const brought = holder[key] as Value | undefined
    if (!brought) return []
    if ('address' in brought) return [{ name, valueAddress: brought.address }]
    if ('telecom' in brought) return [{ name, valueContactPoint: brought.telecom }]
    return [{ name, valueDate: brought.died }]
  },
  read({ parts: [part] }, holder, key) {
    const { valueAddress: address, valueContactPoint: telecom, valueDate: died } = part ?? {}
    if (address) holder[key] = { address }
    else if (telecom) holder[key] = { telecom }
    else if (died) holder[key] = { died }
  },
  absent: () => undefined as never,
}

/** The result of `$import`: counts of each type, and each record with something to report. */
export const importAnswer = parameters({
  counted: list(
    group({
      type: text,
      ...{ created: integer, updated: integer, unchanged: integer },
      ...{ keptOurs: integer, refused: integer },
    }),
  ),
  keptOurs: list(group(named)),
  differences: as(
    'difference',
    list(
      group({
        ...{ ...named, what },
        ...{ here: text, brought: text, value: optional(value) },
      }),
    ),
  ),
  duplicates: as('possibleDuplicate', list(group({ ...named, other: text }))),
  alike: as('looksAlike', list(group({ ...named, other: text }))),
  /** so many more of them than are named here */
  ...{ moreDuplicates: optional(integer), moreAlike: optional(integer) },
  refused: list(group({ ...named, reason: text, someoneElse: text })),
  noted: list(group({ ...named, note: text })),
})

export type ImportAnswer = In<typeof importAnswer>
