import type { Basic } from '@medplum/fhirtypes'
import { gableCodeSystem } from '#domain/fhir/codes.ts'
import { cycleCode, cycleFromFhir } from '#domain/outcome/cycle/cycle-fhir.ts'
import type { KeptCycle } from '#domain/outcome/cycle/learning-cycle.ts'
import { codeNumber, codeText } from '#server/store/indexing/index-entries.ts'
import type { ReadingSql } from '#server/store/sql.ts'
import { storedRecord } from '#server/store/stored-json.ts'

export type StoredCycle = Readonly<{
  id: string
  version: number
  record: Basic & { id: string }
  cycle: KeptCycle
}>

/** All that was tried, the latest first; found by the index of codes. */
export async function storedCycles(sql: ReadingSql): Promise<readonly StoredCycle[]> {
  const code = codeNumber('Basic', gableCodeSystem, codeText(gableCodeSystem, cycleCode))
  const { rows } = await sql.query<{ id: string; vid: number; content: Basic | string }>(
    `select id, vid, content from resource where code = ${code} and rt = 'Basic' and content is not null order by rid`,
  )
  return rows
    .map(({ id, vid, content }) => {
      const record = { ...storedRecord<Basic>(content), id }
      return { id, version: vid, record, cycle: cycleFromFhir(record) }
    })
    .toSorted((one, other) => other.cycle.from.localeCompare(one.cycle.from))
}
