/** The five characters that separate a message, as its MSH-1 and MSH-2 declare them. */
export type Signs = Readonly<{
  field: string
  component: string
  repetition: string
  escape: string
  subcomponent: string
}>

export const usualSigns: Signs = {
  field: '|',
  component: '^',
  repetition: '~',
  escape: '\\',
  subcomponent: '&',
}

/** Plain text of a value: `\F\ \S\ \T\ \R\ \E\`, `\.br\`, `\Xhh..\`; marks for emphasis are left out (HL7 v2.5, 2.7). */
export function unescapedHl7(text: string, signs: Signs): string {
  if (!text.includes(signs.escape)) return text
  const parts = text.split(signs.escape)
  let plain = parts[0] ?? ''
  for (let at = 1; at < parts.length; at += 2) {
    const isClosed = at + 1 < parts.length
    const code = parts[at] ?? ''
    plain += isClosed ? meaningOf(code, signs) : `${signs.escape}${code}`
    plain += parts[at + 1] ?? ''
  }
  return plain
}

function meaningOf(code: string, signs: Signs): string {
  const named: Readonly<Record<string, string>> = {
    F: signs.field,
    S: signs.component,
    T: signs.subcomponent,
    R: signs.repetition,
    E: signs.escape,
    '.br': '\n',
    H: '',
    N: '',
  }
  const known = Object.hasOwn(named, code) ? named[code] : undefined
  if (known !== undefined) return known
  if (/^X([0-9A-Fa-f]{2})+$/.test(code)) return ofHex(code.slice(1))
  // an escape that we do not know: kept as it is rather than lost
  return `${signs.escape}${code}${signs.escape}`
}

function ofHex(hex: string): string {
  const pairs = hex.match(/../g) ?? []
  return pairs.map((pair) => String.fromCharCode(Number.parseInt(pair, 16))).join('')
}

/** The same value with every separator escaped. */
export function escaped(plain: string, signs: Signs): string {
  const codes = new Map([
    [signs.field, 'F'],
    [signs.component, 'S'],
    [signs.subcomponent, 'T'],
    [signs.repetition, 'R'],
    [signs.escape, 'E'],
    ['\n', '.br'],
  ])
  return [...plain]
    .map((sign) => {
      const code = codes.get(sign) ?? controlCode(sign)
      return code === undefined ? sign : `${signs.escape}${code}${signs.escape}`
    })
    .join('')
}

/** A control character would end a segment, or the message. */
function controlCode(sign: string): string | undefined {
  if (!/\p{Cc}/u.test(sign)) return undefined
  return `X${sign.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}`
}
