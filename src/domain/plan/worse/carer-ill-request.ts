import {
  as,
  group,
  type In,
  idOf,
  list,
  mapped,
  optional,
  parameters,
  referenceField,
  text,
  yes,
} from '#domain/fhir/parameters.ts'

const longest = 1000

/**
 * The input of `$carer-ill`: which carer (absent: the caller, or the only carer); `preview` only says what would be set
 * off; `better` ends it, with what was done if the words say so.
 */
export const carerIllRequest = parameters({
  carer: optional(referenceField),
  preview: yes,
  better: yes,
  words: mapped(text, {
    write: (words: string): string => words,
    read: (said) => said.trim().slice(0, longest),
  }),
})

export type CarerIllRequest = In<typeof carerIllRequest>

const item = group({
  what: text,
  /** who does it; absent: nobody can */
  who: optional(text),
  phone: optional(text),
  task: idOf('Task'),
})

/** Its result: exactly what was set off, and apart from that what nobody can do. */
export const carerIllAnswer = parameters({
  flag: idOf('Flag'),
  /** it was set off on this day already, and nothing was done twice */
  already: yes,
  preview: yes,
  ended: yes,
  setOff: as('set-off', list(item)),
  nobody: list(item),
})
