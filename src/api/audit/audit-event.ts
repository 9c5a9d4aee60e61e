import type { AuditEvent, AuditEventEntity, CodeableConcept } from '@medplum/fhirtypes'
import { type TrailAsked, trailSeen } from '#api/access/trail-seen.ts'
import { brief } from '#api/audit/trail.ts'
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
  /** why the record stood open in an emergency when this was done */
  glass: string | null
}>

/** What the trail tells of one person, newest first; nothing of the others whom the same call touched. */
export async function eventsAbout(
  sql: ReadingSql,
  asked: TrailAsked,
): Promise<readonly AuditEvent[]> {
  const seen = trailSeen(asked)
  const { rows } = await sql.query<Row>(seen.text, seen.values)
  return rows.map((row) => eventOf(row, asked.person))
}

const codes = 'https://gable.example/codes'

/** Why the role looks at all; an opening in an emergency says so itself. */
const purposes: Readonly<Record<string, string>> = {
  person: 'PATRQT',
  carer: 'FAMRQT',
  manager: 'HOPERAT',
  admin: 'HOPERAT',
}

function purposeOf({ role, way, glass }: Row): CodeableConcept {
  const code = glass !== null || way === '$break-glass' ? 'BTG' : (purposes[role] ?? 'TREAT')
  return { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code }] }
}

function eventOf(row: Row, person: string): AuditEvent {
  const touched = typeof row.touched === 'string' ? JSON.parse(row.touched) : (row.touched ?? [])
  const purpose = [purposeOf(row)]
  const why = row.why ?? row.glass
  return {
    resourceType: 'AuditEvent',
    id: `audit-${row.seq}`,
    type: { system: 'http://terminology.hl7.org/CodeSystem/audit-event-type', code: 'rest' },
    subtype: [subtypeOf(row.way)],
    action: row.act as NonNullable<AuditEvent['action']>,
    recorded: new Date(row.at).toISOString(),
    outcome: row.allowed ? '0' : '4',
    ...(why ? { outcomeDesc: why } : {}),
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
      ...brief(touched as readonly string[]).map(entityOf),
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

/** A reference, or the kind alone, perhaps with a number, when a great deal was touched at once. */
function entityOf(touched: string): AuditEventEntity {
  return touched.includes('/') ? { what: { reference: touched } } : { name: touched }
}
