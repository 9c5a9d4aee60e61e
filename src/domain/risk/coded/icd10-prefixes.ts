/** An ICD-10 code for comparison: upper case, without the point or any other punctuation. */
export const plainIcd10 = (code: string): string => code.toUpperCase().replace(/[^A-Z0-9]/g, '')

/** `I05-I08` stands for I05 I06 I07 I08, `F313-F315` for F313 F314 F315; everything else for itself. */
export function spelledOut(prefixes: string): readonly string[] {
  return prefixes.split(/\s+/).flatMap((each) => {
    const [from = '', to] = each.split('-')
    if (to === undefined) return [from]
    const letter = from.slice(0, 1)
    const width = from.length - 1
    const first = Number(from.slice(1))
    return Array.from(
      { length: Number(to.slice(1)) - first + 1 },
      (_, place) => letter + String(first + place).padStart(width, '0'),
    )
  })
}

/** Finds the groups of an ICD-10 code in a table of prefixes; a code may belong to several groups or to none. */
export function groupsByPrefix<G extends string>(
  table: Readonly<Record<G, string>>,
): (code: string) => readonly G[] {
  const rows = (Object.entries(table) as [G, string][]).map(
    ([group, prefixes]) => [group, spelledOut(prefixes)] as const,
  )
  return (code) => {
    const plain = plainIcd10(code)
    return rows
      .filter(([, prefixes]) => prefixes.some((prefix) => plain.startsWith(prefix)))
      .map(([group]) => group)
  }
}
