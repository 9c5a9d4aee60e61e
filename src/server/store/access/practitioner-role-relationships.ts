import type { PractitionerRole } from '@medplum/fhirtypes'
import type { Clock } from '#domain/calendar/zone.ts'
import { referenceTarget } from '#domain/fhir/reference-target.ts'
import type { Sql } from '#server/store/sql.ts'
import { storedRecord } from '#server/store/stored-json.ts'
import { type CareRelationship, earlierInstant, endOf, isOver } from './care-relationships.ts'

/** A relation as stored: one through a role remembers the role, and until when it would last without it. */
export type PractitionerRoleRelationship = CareRelationship & Readonly<{ ownUntil?: string }>

type Role = Readonly<{ agent?: string; org?: string; over: boolean; until?: string }>

/** Replaces a role by its practitioner. A role that has ended, or is not known, gives no access. */
export async function practitionerRoleRelationships(
  sql: Sql,
  prepared: readonly { relations: readonly PractitionerRoleRelationship[] }[],
  clock: Clock,
): Promise<void> {
  const ids = new Set(prepared.flatMap((each) => each.relations.flatMap((one) => one.role ?? [])))
  if (ids.size === 0) return
  const roles = await rolesOf(sql, [...ids], clock)
  for (const each of prepared)
    each.relations = each.relations.map((one) =>
      one.role === undefined ? one : throughRole(one, roles.get(one.role)),
    )
}

async function rolesOf(
  sql: Sql,
  ids: readonly string[],
  clock: Clock,
): Promise<ReadonlyMap<string, Role>> {
  const { rows } = await sql.query<{ id: string; content: PractitionerRole | string }>(
    `select id, content from resource where rt = 'PractitionerRole' and id = any($1::text[]) and content is not null`,
    [ids],
  )
  return new Map(rows.map(({ id, content }) => [id, roleFrom(storedRecord(content), clock)]))
}

function roleFrom(role: PractitionerRole, clock: Clock): Role {
  const agent = referenceTarget(role.practitioner?.reference ?? '')?.id
  const org = referenceTarget(role.organization?.reference ?? '')?.id
  const until = endOf(role.period?.end, clock)
  return {
    ...(agent ? { agent } : {}),
    ...(org ? { org } : {}),
    over: role.active === false || isOver(role.period, clock),
    ...(until ? { until } : {}),
  }
}

const longAgo = '1970-01-01T00:00:00.000Z'

/** A person registered with a role is registered with its organisation; a place in a team is the practitioner’s only. */
function throughRole(
  relation: PractitionerRoleRelationship,
  role: Role | undefined,
): PractitionerRoleRelationship {
  const { until: ownUntil, kind, role: id = '', vouched } = relation
  const until = !role || role.over ? longAgo : earlierInstant(ownUntil, role.until)
  return {
    ...{ kind, role: id },
    ...(vouched === undefined ? {} : { vouched }),
    ...(role?.agent ? { agent: role.agent } : {}),
    ...(role?.org && kind === 'registered' ? { org: role.org } : {}),
    ...(ownUntil ? { ownUntil } : {}),
    ...(until ? { until } : {}),
  }
}

type Row = Readonly<{ source_rid: number; kind: CareRelationship['kind']; own_until: Date | null }>

/** Updates the relations through these roles: a role was ended, restarted, or has only now been imported. */
export async function refreshPractitionerRoleRelationships(
  sql: Sql,
  ids: readonly string[],
  clock: Clock,
): Promise<void> {
  const roles = await rolesOf(sql, ids, clock)
  for (const id of ids) {
    const { rows } = await sql.query<Row>(
      'select distinct source_rid, kind, own_until from relation where role = $1',
      [id],
    )
    for (const row of rows) {
      const until = row.own_until?.toISOString()
      const fresh = throughRole(
        { kind: row.kind, role: id, ...(until ? { until } : {}) },
        roles.get(id),
      )
      await sql.query(
        `update relation set agent = $4, org = $5, until = $6
         where role = $1 and source_rid = $2 and kind = $3`,
        [id, row.source_rid, row.kind, fresh.agent ?? null, fresh.org ?? null, fresh.until ?? null],
      )
    }
  }
}
