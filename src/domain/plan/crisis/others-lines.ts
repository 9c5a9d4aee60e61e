import type { CarePlan, Extension } from '@medplum/fhirtypes'
import { gableUrl } from '#domain/fhir/codes.ts'
import type { SaidBy, Who } from '#domain/plan/plan.ts'
import { saidIn } from '#domain/plan/worse/what-if-fhir.ts'

type Writer = Readonly<{ names: readonly string[]; who: Who }>

const url = gableUrl('crisis-line')
const partOf = (line: Extension, name: string) => line.extension?.find((each) => each.url === name)
const keyOf = (line: Extension) => partOf(line, 'code')?.valueCode ?? ''
const contentOf = (line: Extension) =>
  JSON.stringify([partOf(line, 'sort')?.valueCode, partOf(line, 'words')?.valueString ?? ''])
const linesOf = ({ extension = [] }: CarePlan) => extension.filter((each) => each.url === url)

/**
 * True if somebody would change or remove what another said in a crisis plan. A professional may write down what the
 * person or a carer says now, and professionals keep each other’s lines up to date in their own names.
 */
export function changesOthersLines(
  after: CarePlan,
  before: CarePlan | undefined,
  writer: Writer,
): boolean {
  if (!before) return false
  const now = linesOf(after)
  return linesOf(before).some((standing) => {
    const said = saidIn(standing)
    if (!said || mayChange(said, writer)) return false
    const same = now.filter((line) => keyOf(line) === keyOf(standing))
    return !same.some(
      (line) => contentOf(line) === contentOf(standing) || isToldBy(line, { said, writer }),
    )
  })
}

function mayChange({ by }: SaidBy, { names, who }: Writer): boolean {
  if (names.includes(by.reference)) return true
  return by.voice === 'professional' && who.voice === 'professional' && names.length > 0
}

/** The writer says that these are the speaker’s words now. */
function isToldBy(
  line: Extension,
  { said, writer }: Readonly<{ said: SaidBy; writer: Writer }>,
): boolean {
  if (said.by.voice === 'professional' || writer.who.voice !== 'professional') return false
  const now = saidIn(line)
  return (
    now?.by.reference === said.by.reference && writer.names.includes(now?.helper?.reference ?? '')
  )
}
