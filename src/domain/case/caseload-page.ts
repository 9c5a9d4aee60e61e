import type { Parameters } from '@medplum/fhirtypes'
import type { In } from '#domain/fhir/parameters.ts'
import type { CaseloadRow } from './caseload.ts'
import { type CaseloadCount, caseloadList } from './caseload-list.ts'
import {
  type CaseloadLine,
  caseloadParameters,
  type caseloadRequest,
} from './caseload-parameters.ts'
import { stateOfStatus, statusOfCase } from './fhir.ts'

/** So many lines if no number is asked for, and never more at once. */
const [usual, most] = [50, 1_000]

export const caseloadRowFrom = ({ case: caseId, status, ...line }: CaseloadLine): CaseloadRow => ({
  ...{ ...line, caseId, state: stateOfStatus(status) },
})

/** The page that is asked for, with how many there are, and how many each filter would leave. */
export function caseloadPage(
  all: readonly CaseloadRow[],
  { count = usual, offset = 0, ...asked }: In<typeof caseloadRequest>,
  today: string,
): Readonly<{ page: readonly CaseloadRow[]; total: number; counts: readonly CaseloadCount[] }> {
  const { rows, counts } = caseloadList(all, asked, today)
  const from = Math.max(0, offset)
  const page = rows.slice(from, from + Math.min(most, Math.max(1, count)))
  return { page, total: rows.length, counts }
}

export const caseloadAnswer = (
  { page, total, counts }: ReturnType<typeof caseloadPage>,
  of: number,
): Parameters =>
  caseloadParameters.write({
    people: page.map(({ caseId, state, ...row }) => ({
      ...{ ...row, case: caseId, status: statusOfCase[state] },
    })),
    ...{ total, of, counts },
  })
