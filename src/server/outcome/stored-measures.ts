import type { Measure } from '@medplum/fhirtypes'
import { gableUrl } from '#domain/fhir/codes.ts'
import type { MeasureDefinition } from '#domain/outcome/measure-definition.ts'
import { measureFromFhir } from '#domain/outcome/measure-fhir.ts'
import type { ReadingSql } from '#server/store/sql.ts'
import { storedRecord } from '#server/store/stored-json.ts'

export type StoredMeasure = Readonly<{
  record: Measure
  /** of the record: each answer makes one */
  recordVersion: number
  definition: MeasureDefinition
}>

/** Measures that were put to the partners, in the order of the page. */
export async function storedMeasures(sql: ReadingSql): Promise<readonly StoredMeasure[]> {
  const { rows } = await sql.query<{ content: Measure | string; vid: number }>(
    `select content, vid from resource where rt = 'Measure' and content is not null
       and exists (select 1 from jsonb_array_elements(content -> 'extension') x
         where x ->> 'url' in ('${gableUrl('measure-agreed')}', '${gableUrl('measure-proposal')}'))
     order by rid`,
  )
  const measures = rows.flatMap(({ content, vid }) => {
    const record = storedRecord<Measure>(content)
    const definition = measureFromFhir(record)
    return definition ? [{ record, recordVersion: vid, definition }] : []
  })
  return measures.toSorted((one, other) => one.definition.place - other.definition.place)
}
