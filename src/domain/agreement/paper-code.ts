/** Letters and digits that nobody confuses when reading them aloud or from a print (Crockford’s base 32). */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const length = 8

/** FNV-1a: short and the same everywhere. The code finds a typing error and a wrong sheet; it protects nothing. */
function hash(text: string, seed: number): number {
  let value = 2_166_136_261 ^ seed
  for (const character of text)
    value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 16_777_619)
  return value >>> 0
}

function letters(value: number, count: number): string {
  return Array.from(
    { length: count },
    (_, place) => alphabet[(value >>> (place * 5)) % alphabet.length],
  ).join('')
}

/** The code on a print of one version of a plan: the version, and eight characters of this plan and version. */
export function paperCode(planId: string, version: string): string {
  const text = `${planId}/${version}`
  const mark = letters(hash(text, 1), length / 2) + letters(hash(text, 2), length / 2)
  return `${version}-${mark.slice(0, 4)}-${mark.slice(4)}`
}

/** As it was typed: spaces, small letters, and letters that look like digits. */
function plain(code: string): string {
  return code
    .toUpperCase()
    .replaceAll(/[\s.–—]+/g, '-')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
}

export const isSameCode = (one: string, other: string): boolean =>
  plain(one).replaceAll('-', '') === plain(other).replaceAll('-', '')

/** The version that a code is for, if it is a code of one of these plans; undefined if it is not. */
export function versionOfCode(
  typed: string,
  planIds: readonly string[],
): Readonly<{ planId: string; version: string }> | undefined {
  const code = plain(typed.trim())
  const version = /^([1-9]\d*)-/.exec(code)?.[1]
  if (!version) return undefined
  const planId = planIds.find((each) => isSameCode(code, paperCode(each, version)))
  return planId === undefined ? undefined : { planId, version }
}
