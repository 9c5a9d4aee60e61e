import type { AuditEvent, AuditEventEntity, Bundle } from '@medplum/fhirtypes'
import { pageSize } from '#api/rest/read.ts'
import type { ReadingSql } from '#api/sql/sql.ts'
import type { Operation } from './operation.ts'

type Row = Readonly<{
  seq: string | number
  at: string | Date
  name: string
  role: string
  agent: string | null
  organisation: string | null
  act: string
  way: string
  allowed: boolean
  why: string | null
  touched: readonly string[] | string | null
}>

/** Who looked at this person's record, wrote in it, or was refused; newest first. Names only what concerns this person. */
export const whoLookedOperation: Operation = {
  name: 'who-looked',
  on: 'instance',
  type: 'Patient',
  changes: false,
  purpose: 'Who looked at a person’s record, changed it or was refused, newest first',
  async run({ id = '', query, sql, visit }) {
    const count = pageSize(query.get('_count'), 100)
    const offset = pageSize(query.get('_offset'), 0)
    const rows = await rowsOf(sql, id, { count: count + 1, offset })
    const next = `${visit.base}/Patient/${id}/$who-looked?_count=${count}&_offset=${offset + count}`
    const bundle: Bundle = {
      resourceType: 'Bundle',
      type: 'searchset',
      ...(rows.length > count ? { link: [{ relation: 'next', url: next }] } : {}),
      entry: rows.slice(0, count).map((row) => ({ resource: eventOf(row, id) })),
    }
    return bundle
  },
}

async function rowsOf(
  sql: ReadingSql,
  person: string,
  page: Readonly<{ count: number; offset: number }>,
): Promise<readonly Row[]> {
  const { rows } = await sql.query<Row>(
    `SELECT seq, at, name, role, agent, organisation, act, way, allowed, why,
            what -> $1::text AS touched
     FROM audit WHERE persons @> ARRAY[$1::text] ORDER BY seq DESC LIMIT $2 OFFSET $3`,
    [person, page.count, page.offset],
  )
  return rows
}

function eventOf(row: Row, person: string): AuditEvent {
  const touched = typeof row.touched === 'string' ? JSON.parse(row.touched) : (row.touched ?? [])
  return {
    resourceType: 'AuditEvent',
    id: `audit-${row.seq}`,
    type: { system: 'http://terminology.hl7.org/CodeSystem/audit-event-type', code: 'rest' },
    subtype: [{ system: 'http://hl7.org/fhir/restful-interaction', code: row.way }],
    action: row.act as NonNullable<AuditEvent['action']>,
    recorded: new Date(row.at).toISOString(),
    outcome: row.allowed ? '0' : '4',
    ...(row.why ? { outcomeDesc: row.why } : {}),
    agent: [
      {
        name: row.name,
        requestor: true,
        role: [{ coding: [{ system: 'https://gable.example/codes', code: row.role }] }],
        ...(row.agent ? { who: { reference: row.agent, display: row.name } } : {}),
      },
    ],
    source: {
      observer: {
        display: 'Gable',
        ...(row.organisation ? { reference: `Organization/${row.organisation}` } : {}),
      },
    },
    entity: [
      { what: { reference: `Patient/${person}` } },
      ...(touched as readonly string[]).map(entityOf),
    ],
  }
}

/** A reference, or `Observation×120` when a great deal was touched at once. */
function entityOf(touched: string): AuditEventEntity {
  return touched.includes('×') ? { name: touched } : { what: { reference: touched } }
}
