import type { AuditEvent, AuditEventEntity, CodeableConcept } from '@medplum/fhirtypes'
import { Params } from '#api/sql/params.ts'
import type { ReadingSql } from '#api/sql/sql.ts'

type Row = Readonly<{
  seq: string | number
  at: string | Date
  identity: string
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

type Asked = Readonly<{
  person: string
  count: number
  offset: number
  /** instants: from, and before */
  from?: string | undefined
  before?: string | undefined
}>

/** What the trail tells of one person, newest first; nothing of the others whom the same call touched. */
export async function eventsAbout(
  sql: ReadingSql,
  { person, count, offset, from, before }: Asked,
): Promise<readonly AuditEvent[]> {
  const params = new Params()
  const who = params.add(person, 'text')
  const conditions = [
    `persons @> ARRAY[${who}]`,
    from ? `at >= ${params.add(from, 'timestamptz')}` : '',
    before ? `at < ${params.add(before, 'timestamptz')}` : '',
  ].filter(Boolean)
  const { rows } = await sql.query<Row>(
    `SELECT seq, at, identity, name, role, agent, organisation, act, way, allowed, why, what -> ${who} AS touched
     FROM audit WHERE ${conditions.join(' AND ')}
     ORDER BY seq DESC LIMIT ${params.add(count, 'int')} OFFSET ${params.add(offset, 'int')}`,
    params.values,
  )
  return rows.map((row) => eventOf(row, person))
}

const codes = 'https://gable.example/codes'

/** Why the role looks at all; an opening in an emergency says so itself. */
const purposes: Readonly<Record<string, string>> = {
  person: 'PATRQT',
  carer: 'FAMRQT',
  manager: 'HOPERAT',
  admin: 'HOPERAT',
}

function purposeOf({ role, way }: Row): CodeableConcept {
  const code = way === 'break-glass' ? 'BTG' : (purposes[role] ?? 'TREAT')
  return { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code }] }
}

function eventOf(row: Row, person: string): AuditEvent {
  const touched = typeof row.touched === 'string' ? JSON.parse(row.touched) : (row.touched ?? [])
  const purpose = [purposeOf(row)]
  return {
    resourceType: 'AuditEvent',
    id: `audit-${row.seq}`,
    type: { system: 'http://terminology.hl7.org/CodeSystem/audit-event-type', code: 'rest' },
    subtype: [subtypeOf(row.way)],
    action: row.act as NonNullable<AuditEvent['action']>,
    recorded: new Date(row.at).toISOString(),
    outcome: row.allowed ? '0' : '4',
    ...(row.why ? { outcomeDesc: row.why } : {}),
    purposeOfEvent: purpose,
    agent: [
      {
        name: row.name,
        altId: row.identity,
        requestor: true,
        role: [{ coding: [{ system: codes, code: row.role }] }],
        purposeOfUse: purpose,
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

const interactions = new Set([
  ...['read', 'vread', 'update', 'patch', 'delete', 'create', 'search-type'],
  ...['history-instance', 'history-type', 'history-system'],
])

/** An interaction of FHIR, or a way of our own: an operation, an opening in an emergency, a refusal. */
function subtypeOf(way: string) {
  return interactions.has(way)
    ? { system: 'http://hl7.org/fhir/restful-interaction', code: way }
    : { system: codes, code: way }
}

/** A reference, or `Observation×120` when a great deal was touched at once. */
function entityOf(touched: string): AuditEventEntity {
  return touched.includes('×') ? { name: touched } : { what: { reference: touched } }
}
