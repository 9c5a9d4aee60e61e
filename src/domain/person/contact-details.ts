import type { WrittenBy } from '#domain/plan/plan.ts'

export type DetailKind = 'phone' | 'email' | 'address'

/** A number or an address as somebody types it; days are `YYYY-MM-DD`, or empty. */
export type DetailFields = Readonly<{
  kind: DetailKind
  /** the number, or the email address */
  value: string
  /** of an address: house and street, a line each */
  line: string
  town: string
  postcode: string
  /** `home`, `work`, `mobile`, `temp`, or empty */
  use: string
  /** when to call, in words */
  callWhen: string
  from: string
  until: string
}>

/** One that is in the record. */
export type Detail = DetailFields &
  Readonly<{
    /** names it among the others of the record */
    key: string
    /** its place in its list, and the element as it was read */
    at: number
    stands: object
    best: boolean
    /** marked as old, or its last day is over */
    isOld: boolean
    written?: WrittenBy
  }>

export type DetailFault =
  | 'no-number'
  | 'not-a-number'
  | 'no-email'
  | 'no-address'
  | 'too-long'
  | 'no-day'
  | 'wrong-order'

const most = 200
const digitsIn = (text: string) => text.replaceAll(/\D/g, '').length
/** Digits with the characters that people write between them, and an extension at the end. */
const number = /^\+?[\d\s()./-]+((ext\.?|x|#)\s*\d+)?$/i
const day = /^\d{4}-\d\d-\d\d$/

/** What is wrong with the input, by its field; nothing if it can be saved. */
export function detailFaultsIn(
  fields: DetailFields,
): Readonly<Partial<Record<'value' | 'until', DetailFault>>> {
  const value = valueFault(fields)
  const until = dayFault(fields)
  return { ...(value ? { value } : {}), ...(until ? { until } : {}) }
}

function valueFault({ kind, value, line, town, postcode }: DetailFields): DetailFault | undefined {
  const said = kind === 'address' ? [line, town, postcode].join(' ').trim() : value.trim()
  if (said.length > most) return 'too-long'
  return checks[kind](said)
}

const checks: Readonly<Record<DetailKind, (said: string) => DetailFault | undefined>> = {
  address: (said) => (said === '' ? 'no-address' : undefined),
  email: (said) => (/^\S+@\S+\.\S+$/.test(said) ? undefined : 'no-email'),
  phone: phoneFault,
}

function phoneFault(said: string): DetailFault | undefined {
  if (digitsIn(said) === 0) return 'no-number'
  return number.test(said) && digitsIn(said) >= 3 && digitsIn(said) <= 20
    ? undefined
    : 'not-a-number'
}

function dayFault({ from, until }: DetailFields): DetailFault | undefined {
  if ([from, until].some((each) => each !== '' && !day.test(each))) return 'no-day'
  return from !== '' && until !== '' && until < from ? 'wrong-order' : undefined
}

export const nothingTyped = (kind: DetailKind): DetailFields => ({
  ...{ kind, value: '', line: '', town: '', postcode: '', use: '', callWhen: '' },
  ...{ from: '', until: '' },
})

/** In one line, as it is read. */
export function inOneLine({ kind, value, line, town, postcode }: DetailFields): string {
  if (kind !== 'address') return value
  return [...line.split('\n'), town, postcode]
    .map((each) => each.trim())
    .filter(Boolean)
    .join(', ')
}

/** Somebody else changed the same number or address; `theirs`: the current one. */
export class DetailMovedOn extends Error {
  readonly theirs: Detail | undefined

  constructor(theirs: Detail | undefined) {
    super('Someone else has just changed this')
    this.name = 'DetailMovedOn'
    this.theirs = theirs
  }
}
