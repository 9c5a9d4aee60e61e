import { escaped, type Signs, unescapedHl7, usualSigns } from './escape.ts'

/** A value is a list of repetitions, each of components, each of subcomponents, unescaped. */
export type Hl7Value = readonly (readonly (readonly string[])[])[]

/** `fields[0]` is the first after the name. In MSH that is MSH-2, as MSH-1 is the field separator. */
export type Segment = Readonly<{ name: string; fields: readonly Hl7Value[] }>

export type Message = Readonly<{ signs: Signs; segments: readonly Segment[] }>

export type UnreadableMessage = Readonly<{
  fault: 'no-header' | 'batch' | 'signs' | 'segment-name' | 'null-character'
}>

const plainValue = (text: string): Hl7Value => [[[text]]]

/**
 * A message as it came: lines may end in CR, LF or both, the MLLP frame is removed, the separators are those that its
 * own header declares. Files and batches (FHS, BHS) are told from messages.
 */
export function parseMessage(text: string): Message | UnreadableMessage {
  const lines = unframed(text)
    .split(/\r\n|\r|\n/)
    .filter((line) => line.trim() !== '')
  const head = lines[0] ?? ''
  if (/^(FHS|BHS)/.test(head)) return { fault: 'batch' }
  if (!head.startsWith('MSH')) return { fault: 'no-header' }
  const signs = signsOf(head)
  if (!signs) return { fault: 'signs' }
  const segments = lines.map((line) => segmentOf(line, signs))
  if (segments.filter(({ name }) => name === 'MSH').length > 1) return { fault: 'batch' }
  if (segments.some(({ name }) => !/^[A-Z][A-Z0-9]{2}$/.test(name)))
    return { fault: 'segment-name' }
  if (segments.some(holdsNull)) return { fault: 'null-character' }
  return { signs, segments }
}

/** A null character: no database text can contain one, and no message should. */
const holdsNull = ({ fields }: Segment) => fields.flat(3).some((text) => text.includes('\u0000'))

/** Without the start and end block of MLLP, and a byte order mark. */
const unframed = (text: string) => text.replace(/^[\uFEFF\p{Cc}]+|\p{Cc}+$/gu, '')

/** MSH-2 may be short: what it leaves out has its usual character. Two alike, or a letter, cannot separate anything. */
function signsOf(head: string): Signs | undefined {
  const field = head[3] ?? ''
  const declared = head.slice(4).split(field)[0] ?? ''
  const [component = '^', repetition = '~', quoting = '\\', subcomponent = '&'] = declared
  const all = [field, component, repetition, quoting, subcomponent]
  if (declared === '' || declared.length > 5 || new Set(all).size < 5) return undefined
  if (all.some((sign) => /[\p{L}\p{N}\s]/u.test(sign))) return undefined
  return { field, component, repetition, escape: quoting, subcomponent }
}

function segmentOf(line: string, signs: Signs): Segment {
  const [name = '', ...fields] = line.split(signs.field)
  const [first = '', ...rest] = fields
  const values = (texts: readonly string[]) => texts.map((text) => valueFrom(text, signs))
  // MSH-2 holds the separators themselves: it is not split by them
  if (name === 'MSH') return { name, fields: [plainValue(first), ...values(rest)] }
  return { name, fields: values(fields) }
}

function valueFrom(text: string, signs: Signs): Hl7Value {
  return text
    .split(signs.repetition)
    .map((repetition) =>
      repetition
        .split(signs.component)
        .map((component) =>
          component.split(signs.subcomponent).map((plain) => unescapedHl7(plain, signs)),
        ),
    )
}

/** The message as text, a CR after each segment: what `parseMessage` reads back unchanged. */
export function printMessage({ signs, segments }: Message): string {
  return segments.map((segment) => `${printSegment(segment, signs)}\r`).join('')
}

function printSegment({ name, fields }: Segment, signs: Signs): string {
  const [first, ...rest] = fields
  const head = name === 'MSH' ? [first?.[0]?.[0]?.[0] ?? ''] : fields.slice(0, 1).map(printed)
  return [name, ...head, ...rest.map(printed)].join(signs.field)

  function printed(value: Hl7Value): string {
    return value
      .map((components) =>
        components
          .map((parts) => parts.map((part) => escaped(part, signs)).join(signs.subcomponent))
          .join(signs.component),
      )
      .join(signs.repetition)
  }
}

export function segmentNamed(message: Message, name: string): Segment | undefined {
  return message.segments.find((segment) => segment.name === name)
}

/** The repetitions of a field by its number in the standard (`PV1`, 19); none if it is missing. */
export function repetitionsOf(message: Message, name: string, number: number): Hl7Value {
  const place = name === 'MSH' ? number - 2 : number - 1
  return segmentNamed(message, name)?.fields[place] ?? []
}

/** One component of the first repetition, trimmed; empty if absent, or sent as the null value `""`. */
export function textAt(message: Message, name: string, number: number, component = 1): string {
  return textIn(repetitionsOf(message, name, number)[0], component)
}

/** True if a value is sent as `""`: what was said before is withdrawn. Nothing sent says nothing. */
export function isTakenBack(message: Message, name: string, number: number, component = 1) {
  return repetitionsOf(message, name, number)[0]?.[component - 1]?.[0]?.trim() === '""'
}

export function textIn(components: Hl7Value[number] | undefined, component: number): string {
  const text = components?.[component - 1]?.[0]?.trim() ?? ''
  return text === '""' ? '' : text
}

/** A message of plain text: rows of a segment's name and its fields, each a list of components. */
export function messageOf(rows: readonly (readonly (string | readonly string[])[])[]): Message {
  return {
    signs: usualSigns,
    segments: rows.map(([name, ...fields]) => ({
      name: String(name),
      fields: fields.map((each) =>
        typeof each === 'string' ? plainValue(each) : [each.map((component) => [component])],
      ),
    })),
  }
}
