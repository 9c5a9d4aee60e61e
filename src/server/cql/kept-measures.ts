import type { Library, Measure } from '@medplum/fhirtypes'
import { nodesIn, textOf } from '#domain/quality/elm.ts'
import type { MeasureProgram } from '#domain/quality/evaluation.ts'
import { programOf } from '#domain/quality/kept-measure.ts'
import type { ReadingSql } from '#server/store/sql.ts'
import { storedRecord } from '#server/store/stored-json.ts'

/** A measure that is here, and what it is worked out from. */
export type KeptMeasure = Readonly<{
  id: string
  measure: Measure
  program: MeasureProgram
  /** the types of record that it reads */
  types: readonly string[]
}>

type Row = Readonly<{
  id: string
  key: string
  measure: Measure | string
}>

/** Reading a program of some megabytes takes longer than working it out for one person. */
const read = new Map<string, KeptMeasure>()
const mostRead = 50

/** The measures in CQL that are in use; `id`: only this one. */
export async function keptMeasures(sql: ReadingSql, id?: string): Promise<readonly KeptMeasure[]> {
  const { rows } = await sql.query<Row>(
    `select m.id, m.rid || '.' || m.vid || '.' || l.rid || '.' || l.vid as key, m.content as measure
     from resource m join resource l on l.rt = 'Library' and l.id = m.id and l.content is not null
     where m.rt = 'Measure' and m.id like 'cql-%' and m.content is not null and m.person is null
       and m.content ->> 'status' = 'active' ${id === undefined ? '' : 'and m.id = $1'} order by m.id`,
    id === undefined ? [] : [id],
  )
  const found: KeptMeasure[] = []
  for (const row of rows) {
    const kept = read.get(row.key) ?? (await readMeasure(sql, row))
    if (kept) found.push(kept)
  }
  return found
}

async function readMeasure(
  sql: ReadingSql,
  { id, key, measure: stored }: Row,
): Promise<KeptMeasure | undefined> {
  const { rows } = await sql.query<{ content: Library | string }>(
    `select content from resource where rt = 'Library' and id = $1 and content is not null`,
    [id],
  )
  const [row] = rows
  if (!row) return undefined
  const measure = { ...storedRecord<Measure>(stored), id }
  const program = programOf(measure, storedRecord<Library>(row.content))
  if (!program) return undefined
  const kept = { id, measure, program: { ...program, key }, types: retrievedTypes(program) }
  if (read.size >= mostRead) read.clear()
  read.set(key, kept)
  return kept
}

function retrievedTypes({ libraries }: MeasureProgram): readonly string[] {
  const types = libraries
    .flatMap((library) => nodesIn(library) ?? [])
    .filter((node) => textOf(node, 'type') === 'Retrieve')
    .map((node) => textOf(node, 'dataType').split('}').at(-1) ?? '')
  return [...new Set(['Patient', ...types])]
}
