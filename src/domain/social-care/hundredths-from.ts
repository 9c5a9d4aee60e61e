/** An amount as it is typed (`210`, `210.50`, `1,210.50`), in hundredths; undefined if it is none. */
export function hundredthsFrom(typed: string): number | undefined {
  const plain = typed
    .trim()
    .replace(/^£\s*/, '')
    .replaceAll(/,(?=\d{3})/g, '')
  const found = /^(\d{1,7})(?:[.,](\d{1,2}))?$/.exec(plain)
  if (!found) return undefined
  const [, whole = '0', part = ''] = found
  return Number(whole) * 100 + Number(part.padEnd(2, '0'))
}

/** The same the other way, for a field. */
export const amountTyped = (hundredths: number): string => (hundredths / 100).toFixed(2)
