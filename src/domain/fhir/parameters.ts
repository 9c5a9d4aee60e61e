import type { Parameters, ParametersParameter, Resource } from '@medplum/fhirtypes'
import { digitsAt, setDigits } from '#domain/decimal/digits.ts'

type Part = ParametersParameter
type Values = Record<string, unknown>
type NamedParts = Readonly<{ name: string; parts: readonly Part[] }>

/**
 * How one member of an object is written into the parameters of an operation, and read from them. Client and server
 * use the same fields, so that names and types cannot differ between them.
 */
export type ParameterField<T> = Readonly<{
  /** the name on the wire, if it differs from the name in the program */
  as?: string
  isOptional?: boolean
  /** the parts for the value of `holder` under `key`; the digits of a number are beside it */
  write(name: string, holder: Values, key: string): Part[]
  /** puts the value of the parts with this name into `holder` under `key`; nothing if they have none */
  read(said: NamedParts, holder: Values, key: string): void
  /** the default for a part that was not sent */
  absent(): T
}>

type OptionalField<T> = ParameterField<T> & Readonly<{ isOptional: true }>
type Shape = Readonly<Record<string, ParameterField<unknown>>>
type ValueOf<F> = F extends ParameterField<infer T> ? T : never
type OptionalKey<S> = { [K in keyof S]: S[K] extends OptionalField<unknown> ? K : never }[keyof S]

/** The type of an object of this shape in the program. */
type ShapeValue<S> = { readonly [K in Exclude<keyof S, OptionalKey<S>>]: ValueOf<S[K]> } & {
  readonly [K in OptionalKey<S>]?: ValueOf<S[K]>
}

/** What was sent is invalid; the message is for the sender. */
export class ParameterFault extends Error {
  override name = 'ParameterFault'
}

/** The parameters that one operation takes or returns. */
export type Codec<T> = Readonly<{
  write(value: T): Parameters
  /** Anything other than `Parameters` counts as empty. Throws `ParameterFault`. */
  read(body?: Resource): T
}>

/** The type that a codec reads and writes. */
export type In<C> = C extends Codec<infer T> ? T : never

export function parameters<S extends Shape>(shape: S): Codec<ShapeValue<S>> {
  return {
    write(value) {
      const parameter = partsOf(shape, value)
      return { resourceType: 'Parameters', ...(parameter.length > 0 ? { parameter } : {}) }
    },
    read: (body) => toldBy(shape, body?.resourceType === 'Parameters' ? body.parameter : undefined),
  }
}

const partsOf = (shape: Shape, value: object): Part[] =>
  Object.entries(shape).flatMap(([key, field]) =>
    field.write(field.as ?? key, value as Values, key),
  )

/** Nothing that was sent is trusted: a list may be missing, and may hold anything. */
function toldBy<S extends Shape>(shape: S, sent?: unknown): ShapeValue<S> {
  const result: Values = {}
  const said: readonly (Part | null)[] = Array.isArray(sent) ? sent : []
  for (const [key, field] of Object.entries(shape)) {
    const name = field.as ?? key
    readInto(
      field,
      { name, parts: said.filter((each) => each?.name === name) as Part[] },
      result,
      key,
    )
  }
  return result as ShapeValue<S>
}

function readInto(
  field: ParameterField<unknown>,
  said: NamedParts,
  holder: Values,
  key: string,
): void {
  field.read(said, holder, key)
  if (!(key in holder) && !field.isOptional) holder[key] = field.absent()
}

type Kind = Exclude<keyof Part, 'id' | 'extension' | 'modifierExtension' | 'name' | 'part'>

/**
 * The first of these elements in a part, if it has the type of `absent`. An empty text counts as absent, as everywhere
 * in FHIR.
 */
function simple<T>(absent: T, ...kinds: readonly [Kind, ...Kind[]]): ParameterField<T> {
  return {
    write(name, holder, key) {
      const value = holder[key] ?? ''
      return value === '' ? [] : [{ name, [kinds[0]]: value }]
    },
    read({ parts: [part] }, holder, key) {
      const kind = kinds.find((each) => isLike(part?.[each], absent))
      if (kind) holder[key] = part?.[kind]
    },
    absent: () => absent,
  }
}

/** Without a default any object fits. */
const isLike = (value: unknown, absent: unknown): boolean =>
  value !== null && typeof value === (absent === undefined ? 'object' : typeof absent)

/** Also read from a code: some callers send one. */
export const text = simple('', 'valueString', 'valueCode')
export const code = simple('', 'valueCode')
export const id = simple('', 'valueId')
export const day = simple('', 'valueDate')
export const dateTime = simple('', 'valueDateTime')
export const instant = simple('', 'valueInstant')
export const integer = simple(0, 'valueInteger')
export const boolean = simple(false, 'valueBoolean')

/** True is written, false is not. */
export const yes: ParameterField<boolean> = {
  ...boolean,
  write: (name, holder, key) => (holder[key] === true ? [{ name, valueBoolean: true }] : []),
}

/** A number with its digits. */
export const decimal: ParameterField<number> = {
  write(name, holder, key) {
    const value = holder[key]
    if (typeof value !== 'number') return []
    const part = { name, valueDecimal: value }
    moveDigits([holder, key], [part, 'valueDecimal'])
    return [part]
  },
  read({ parts: [part] }, holder, key) {
    if (typeof part?.valueDecimal !== 'number') return
    holder[key] = part.valueDecimal
    moveDigits([part, 'valueDecimal'], [holder, key])
  },
  absent: () => 0,
}

type Place = readonly [holder: object, key: string]

function moveDigits(from: Place, to: Place): void {
  const digits = digitsAt(...from)
  if (digits !== undefined) setDigits(...to, digits)
}

/** A record of this type; anything else is left out. */
export const record = <T extends Resource>(type: T['resourceType']): OptionalField<T> => ({
  isOptional: true,
  write: (name, holder, key) => [{ name, resource: holder[key] as T }],
  read({ parts: [part] }, holder, key) {
    if (part?.resource?.resourceType === type) holder[key] = part.resource
  },
  absent: () => undefined as never,
})

/** An element of a type that has no field of its own here. */
export const element = <K extends Kind>(kind: K): OptionalField<NonNullable<Part[K]>> =>
  optional(simple(undefined as never, kind))

/** Parts within a part. */
export const group = <S extends Shape>(shape: S): ParameterField<ShapeValue<S>> => ({
  write: (name, holder, key) =>
    holder[key] === undefined ? [] : [{ name, part: partsOf(shape, holder[key] as object) }],
  read({ parts: [found] }, holder, key) {
    if (found) holder[key] = toldBy(shape, found.part)
  },
  absent: () => toldBy(shape),
})

/** Any number of values, each in a part of the same name. */
export const list = <T>(field: ParameterField<T>): ParameterField<readonly T[]> => ({
  write: (name, holder, key) =>
    ((holder[key] ?? []) as readonly unknown[]).flatMap((one) => field.write(name, { one }, 'one')),
  read({ name, parts }, holder, key) {
    const boxes = parts.map((part) => {
      const box: Values = {}
      field.read({ name, parts: [part] }, box, 'one')
      return box
    })
    const some = boxes.flatMap((box) => ('one' in box ? [box['one']] : []))
    if (some.length > 0) holder[key] = some
  },
  absent: () => [],
})

/** Left out of the object if it was not sent. */
export const optional = <T>(field: ParameterField<T>): OptionalField<T> => ({
  ...field,
  isOptional: true,
  read(said, holder, key) {
    if (said.parts.length > 0) field.read(said, holder, key)
  },
})

/** Like `optional`; but a part without a value counts as sent: that is how an empty text is written. */
export const evenEmpty = <T>(field: ParameterField<T>): OptionalField<T> => ({
  ...optional(field),
  write(name, holder, key) {
    const parts = field.write(name, holder, key)
    return parts.length > 0 || holder[key] === undefined ? parts : [{ name }]
  },
  read(said, holder, key) {
    if (said.parts.length > 0) readInto(field, said, holder, key)
  },
})

/** The same field under another name on the wire. */
export const as = <F extends ParameterField<unknown>>(name: string, field: F): F => ({
  ...field,
  as: name,
})

/** A value with another type in the program than on the wire. */
export function mapped<T, U>(
  field: ParameterField<T>,
  { write, read }: Readonly<{ write: (value: U) => T; read: (said: T) => U }>,
): ParameterField<U> {
  return {
    write: (name, holder, key) =>
      holder[key] === undefined ? [] : field.write(name, { one: write(holder[key] as U) }, 'one'),
    read(said, holder, key) {
      const box: Values = {}
      field.read(said, box, 'one')
      if ('one' in box) holder[key] = read(box['one'] as T)
    },
    absent: () => read(field.absent()),
  }
}

/** Refuses values that do not fit, with the name of the parameter and this message. */
export const must = <F extends ParameterField<unknown>>(
  field: F,
  fits: (value: ValueOf<F>) => boolean,
  words: string,
): F => ({
  ...field,
  read(said, holder, key) {
    readInto(field, said, holder, key)
    if (key in holder && !fits(holder[key] as ValueOf<F>))
      throw new ParameterFault(`${said.name} ${words}`)
  },
})

/** One of these words; `otherwise` is used for any other and for none. */
export const oneOf = <const T extends string>(
  words: readonly T[],
  otherwise: T,
): ParameterField<T> =>
  mapped(code, {
    write: (word: T): string => word,
    read: (said) => words.find((each) => each === said) ?? otherwise,
  })

/** A code of ours that only our own server writes. */
export const wordOf = <T extends string>(): ParameterField<T> =>
  code as unknown as ParameterField<T>

const reference = simple<NonNullable<Part['valueReference']>>({}, 'valueReference')

/** A reference as in records: `Goal/g-1`. */
export const referenceField: ParameterField<string> = mapped(reference, {
  write: (to: string) => ({ reference: to }),
  read: ({ reference: to }) => (typeof to === 'string' ? to : ''),
})

/** The id of a record of this type, sent as a reference to it. */
export const idOf = (type: Resource['resourceType']): ParameterField<string> =>
  mapped(referenceField, {
    write: (own: string) => `${type}/${own}`,
    read: (to) => to.split('/')[1] ?? '',
  })

/** A reference with the name of its target. */
export const namedReference = mapped(reference, {
  write: (to: Readonly<{ reference: string; name: string }>) => ({
    ...{ reference: to.reference, display: to.name },
  }),
  read: ({ reference: to = '', display = '' }) => ({ reference: to, name: display }),
})
