/** What an expression depends on. `everything`: it reads answers in a way that does not name them. */
export type NamesIn = Readonly<{
  linkIds: readonly string[]
  everything: boolean
  variables: readonly string[]
}>

const literal = String.raw`'((?:[^'\\]|\\.)*)'`
const equality = String.raw`linkId\s*=\s*${literal}`
/** A step that picks items by their link ids: `item.where(linkId = 'a' or linkId = 'b')`, also after `repeat(item)`. */
const picking = new RegExp(
  String.raw`(?:\bitem|\brepeat\(\s*item\s*\)|\bdescendants\(\s*\))\s*\.\s*where\(\s*(${equality}(?:\s+or\s+${equality})*)\s*\)`,
  'g',
)
const leadsOn = /^\s*\.\s*item\s*\.\s*where\(\s*linkId\s*=/
const reading = /\b(item|repeat|descendants|children|answer)\b/
const variable = /%(?:`([^`]+)`|([A-Za-z_][\w-]*))/g

/** The link ids and variables in a FHIRPath expression. In doubt it depends on everything: too much work is no wrong result. */
export function namesIn(text: string): NamesIn {
  const linkIds: string[] = []
  const rest = text.replace(picking, (all: string, conditions: string, ...more: unknown[]) => {
    const after = text.slice((more.at(-2) as number) + all.length)
    // a group on the way to a question that is named too
    if (leadsOn.test(after)) return ' picked '
    for (const [, linkId] of conditions.matchAll(new RegExp(equality, 'g')))
      if (linkId !== undefined) linkIds.push(unescaped(linkId))
    return ' picked '
  })
  const steps = withoutTexts(rest).replaceAll(/picked\s*\.\s*answer\b/g, 'picked')
  const variables = [...withoutTexts(text).matchAll(variable)].map(
    ([, quoted, plain]) => quoted ?? plain ?? '',
  )
  return { linkIds, everything: reading.test(steps), variables }
}

const unescaped = (text: string) => text.replaceAll(/\\(.)/g, '$1')

/** The expression without what stands in quotation marks. */
export const withoutTexts = (text: string): string =>
  text.replaceAll(/'(?:[^'\\]|\\.)*'/g, "''").replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, ' ')
