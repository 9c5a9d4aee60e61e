import type { SaidBy, WhatIf, WrittenBy } from '#domain/plan/plan.ts'
import { whatIfLevels } from '#domain/plan/plan.ts'

type Line = Readonly<{ said?: SaidBy }>

const contentOf = ({ said: _said, ...line }: Line) =>
  JSON.stringify(Object.entries(line).filter(([, value]) => value !== '' && value !== undefined))

/** True if a writer says of a changed line that it was written down for somebody else, now. */
const isClaimed = (line: Line, standing: Line | undefined) =>
  line.said?.helper !== undefined && JSON.stringify(line.said) !== JSON.stringify(standing?.said)

/** The line in the writer’s name if they changed it. The server decides by the same rule. */
function own<T extends Line>(line: T, standing: T | undefined, { by, at }: WrittenBy): T {
  if (standing && contentOf(line) === contentOf(standing)) return line
  if (isClaimed(line, standing)) return { ...line, said: { ...line.said, at } }
  return { ...line, said: { by, at } }
}

/** The plan for if things get worse as its writer sends it: the lines that they changed are in their name. */
export function withOwnLines(mine: WhatIf, base: WhatIf | undefined, written: WrittenBy): WhatIf {
  const levels = whatIfLevels.map((level) => {
    const isEmpty = contentOf(mine[level]) === '[]'
    return [level, isEmpty ? mine[level] : own(mine[level], base?.[level], written)] as const
  })
  const lines = <T extends Line & { id: string }>(
    list: readonly T[] | undefined,
    before: readonly T[] | undefined,
  ) =>
    list?.map((each) =>
      own(
        each,
        before?.find(({ id }) => id === each.id),
        written,
      ),
    )
  const situations = lines(mine.situations, base?.situations)
  const justInCase = lines(mine.justInCase, base?.justInCase)
  const carerIll = lines(mine.carerIll, base?.carerIll)
  return {
    ...mine,
    ...(Object.fromEntries(levels) as Pick<WhatIf, (typeof whatIfLevels)[number]>),
    ...(situations ? { situations } : {}),
    ...(justInCase ? { justInCase } : {}),
    ...(carerIll ? { carerIll } : {}),
  }
}
