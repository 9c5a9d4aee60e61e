import type { AuditEvent, AuditEventEntity, CodeableConcept } from '@medplum/fhirtypes'
import { gableCodeSystem, hl7CodeSystem } from '#domain/fhir/codes.ts'
import type { ReadingSql } from '#server/store/sql.ts'
import { brief } from './audit-log.ts'
import { type AuditLogQuery, visibleAuditEntries } from './visible-audit-entries.ts'

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
  /** why the record was open in an emergency when this was done */
  breakGlassReason: string | null
  /** the query; for administrators only, because it may be about others too */
  asked?: string | null
}>

/** What the audit log says about one person, newest first; nothing about others in the same request. */
export async function auditEventsAbout(
  sql: ReadingSql,
  query: AuditLogQuery,
): Promise<readonly AuditEvent[]> {
  const seen = visibleAuditEntries(query)
  const { rows } = await sql.query<Row>(seen.text, seen.values)
  return rows.map((row) => eventOf(row, [query.person]))
}

type AllAsked = Readonly<{
  /** identity, or reference of the record, of the actor */
  agent?: string | undefined
  /** a search value, as the audit log keeps it */
  asked?: string | undefined
  from?: string | undefined
  before?: string | undefined
  count: number
  offset: number
}>

/** Calls that tell by themselves that there is, or may be, a safeguarding concern. */
const aboutConcerns = String.raw`\$(raise-concern|safeguarding)`

/**
 * The audit log of everybody, and of requests that touched nobody; for administrators. They may not know of a
 * safeguarding concern: calls about one are left out, and in other entries the name of one.
 */
export async function allAuditEvents(
  sql: ReadingSql,
  query: AllAsked,
): Promise<readonly AuditEvent[]> {
  const { rows } = await sql.query<Row & { persons: readonly string[] }>(
    `select seq, at, identity, name, role, agent, organisation, act, way, allowed, why, persons, asked, null as "breakGlassReason",
       t.touched
     from audit cross join lateral (
       select coalesce(jsonb_agg(n order by n) filter (where c.id is null), '[]') as touched, count(c.id) as concerns
       from jsonb_each(what) w cross join jsonb_array_elements_text(w.value) n
       left join resource c on c.rt = split_part(n, '/', 1) and c.id = split_part(n, '/', 2) and c.room = 'safeguarding'
     ) t
     where (t.concerns = 0 or t.touched <> '[]') and way !~ $7 and coalesce(asked, '') !~ $7 and ($1::text is null or identity = $1 or agent = $1) and ($2::text is null or position($2 in asked) > 0)
       and ($3::timestamptz is null or at >= $3) and ($4::timestamptz is null or at < $4)
     order by seq desc limit $5::integer offset $6::integer`,
    [
      ...[query.agent ?? null, query.asked ?? null, query.from ?? null, query.before ?? null],
      ...[query.count, query.offset, aboutConcerns],
    ],
  )
  return rows.map((row) => eventOf(row, row.persons))
}

/** The purpose of the role; an emergency opening has its own. */
const purposes: Readonly<Record<string, string>> = {
  person: 'PATRQT',
  carer: 'FAMRQT',
  manager: 'HOPERAT',
  admin: 'HOPERAT',
}

const openings = ['$break-glass', '$open-emergency-card']

function purposeOf({ role, way, breakGlassReason }: Row): CodeableConcept {
  const isOpening = breakGlassReason !== null || openings.includes(way)
  const code = isOpening ? 'BTG' : (purposes[role] ?? 'TREAT')
  return { coding: [{ system: hl7CodeSystem('v3-ActReason'), code }] }
}

function eventOf(row: Row, persons: readonly string[]): AuditEvent {
  const touched = typeof row.touched === 'string' ? JSON.parse(row.touched) : (row.touched ?? [])
  const purpose = [purposeOf(row)]
  const why = row.why ?? row.breakGlassReason
  return {
    resourceType: 'AuditEvent',
    id: `audit-${row.seq}`,
    type: { system: hl7CodeSystem('audit-event-type'), code: 'rest' },
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
        role: [{ coding: [{ system: gableCodeSystem, code: row.role }] }],
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
      ...persons.map((person) => ({ what: { reference: `Patient/${person}` } })),
      ...brief(touched as readonly string[]).map(entityOf),
      ...(row.asked ? [{ query: base64(row.asked) }] : []),
    ],
  }
}

const base64 = (text: string) => btoa(String.fromCharCode(...new TextEncoder().encode(text)))

const interactions = new Set([
  ...['read', 'vread', 'update', 'patch', 'delete', 'create', 'search-type'],
  ...['history-instance', 'history-type', 'history-system'],
])

/** A FHIR interaction or one of our own: an operation, an emergency opening, a refusal. */
function subtypeOf(way: string) {
  return interactions.has(way)
    ? { system: 'http://hl7.org/fhir/restful-interaction', code: way }
    : { system: gableCodeSystem, code: way }
}

/** A reference, or only the type, perhaps with a count, if many records were touched at once. */
function entityOf(touched: string): AuditEventEntity {
  return touched.includes('/') ? { what: { reference: touched } } : { name: touched }
}
