import type { CarePlan, Extension } from '@medplum/fhirtypes'
import { gableUrl } from '#domain/fhir/codes.ts'
import type { Who } from '#domain/plan/plan.ts'
import { saidIn, saidParts, whatIfLines } from './what-if-fhir.ts'

type Writer = Readonly<{ names: readonly string[]; who: Who; at: string }>

const saidNames = ['said-by', 'said-on', 'supported-by']

/** What a line says, without who said it; the order of its parts does not matter. */
function contentOf(line: Extension): string {
  const parts = (line.extension ?? []).filter((each) => !saidNames.includes(each.url))
  return JSON.stringify(parts.map((each) => JSON.stringify(inOrder(each))).toSorted())
}

const inOrder = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(inOrder)
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, each]) => [key, inOrder(each)]),
  )
}

const keyOf = (line: Extension, key: string) => {
  const part = line.extension?.find((each) => each.url === key)
  return part?.valueCode ?? part?.valueString ?? ''
}

/**
 * A plan for if things get worse in which each line names who said it. A line that did not change stays in the name that
 * it had. A changed line is the writer’s own, unless it says that the writer wrote it down for the person or a carer;
 * nobody else’s name can be put on it, and no time to come.
 */
export function withLinesAttributed(
  after: CarePlan,
  before: CarePlan | undefined,
  writer: Writer,
): CarePlan {
  if (!after.extension) return after
  const extension = after.extension.map((line) => {
    const kind = whatIfLines.find(({ name }) => gableUrl(name) === line.url)
    if (!kind) return line
    const standing = (before?.extension ?? []).filter(
      (each) => each.url === line.url && keyOf(each, kind.key) === keyOf(line, kind.key),
    )
    return attributed(line, standing, writer)
  })
  return { ...after, extension }
}

/** Of several lines under one name, the one that says the same: another one beside it takes nobody’s words away. */
function attributed(line: Extension, standing: readonly Extension[], writer: Writer): Extension {
  const same = standing.find((each) => contentOf(each) === contentOf(line))
  if (same) return withSaid(line, saidIn(same))
  // an empty line says nothing, and nobody has said it
  if ((line.extension ?? []).every(({ url }) => nothingSaid.includes(url)))
    return withSaid(line, undefined)
  const claimed = saidIn(line)
  if (!claimed || !isAllowed(claimed, writer))
    return withSaid(line, { by: writer.who, at: writer.at })
  const isPast = claimed.at !== '' && Date.parse(claimed.at) <= Date.parse(writer.at)
  return withSaid(line, { ...claimed, at: isPast ? claimed.at : writer.at })
}

const nothingSaid = [...saidNames, 'level', 'code', 'sort', 'task']

function isAllowed({ by, helper }: { by: Who; helper?: Who }, { names }: Writer): boolean {
  if (names.includes(by.reference)) return true
  return by.voice !== 'professional' && names.includes(helper?.reference ?? '')
}

function withSaid(line: Extension, said: Parameters<typeof saidParts>[0]): Extension {
  const parts = (line.extension ?? []).filter((each) => !saidNames.includes(each.url))
  return { ...line, extension: [...parts, ...saidParts(said)] }
}
