import type { Sql } from '#server/store/sql.ts'
import { notesWhatComes } from './verify-hash-chain.ts'

/** What to do if the audit log has no separate owner. */
export const howToProtect =
  'The login of this service owns the audit log, or is a superuser, and could change it. Run this once, as a superuser, in a database that belongs to a login without such rights: psql --dbname=gable --file=deploy/trail.sql'

const exists = `select to_regnamespace('gable_keeper') is not null
  and has_schema_privilege(to_regnamespace('gable_keeper')::oid, 'usage') as may`

/** What to do if the audit log got its owner before this version. */
export const olderAuditLog =
  'The audit log uses functions of an older version, which close blocks unchecked and do not record who adds entries. Run this once, as a superuser: psql --dbname=gable --file=deploy/trail.sql'

/**
 * For the tables and the schema: the owner, or a role that may become the owner, can change and remove what is in
 * them.
 */
const isOpen = `select
  has_table_privilege('trail.audit', 'insert, update, delete, truncate')
  or has_table_privilege('trail.block', 'insert, update, delete, truncate')
  or exists (select 1 from pg_namespace n where n.nspname = 'trail' and pg_has_role(n.nspowner, 'member'))
  or exists (select 1 from pg_class c where c.relnamespace = 'trail'::regnamespace and pg_has_role(c.relowner, 'member'))
  as open`

/** Hands the audit log over to its own owner, if a database administrator has made that possible (`deploy/trail.sql`). */
export async function protectAuditLog(sql: Sql): Promise<void> {
  const { rows } = await sql.query<{ may: boolean }>(exists)
  if (rows[0]?.may) await sql.query('select gable_keeper.guard_trail()')
}

/** True if the service's login can add to the audit log and change nothing in it. */
export async function isProtected(sql: Sql): Promise<boolean> {
  const { rows } = await sql.query<{ open: boolean }>(isOpen)
  return rows[0]?.open === false
}

/**
 * What still has to be run for the audit log, checked again until it was done: a script that is run while the service
 * runs counts at once, and what is protected stays protected.
 */
export function auditLogToDo(sql: Sql): () => Promise<string | undefined> {
  let isDone = false
  return async () => {
    if (isDone) return undefined
    if (!(await isProtected(sql))) return `The audit log is not protected. ${howToProtect}`
    isDone = await notesWhatComes(sql)
    return isDone ? undefined : olderAuditLog
  }
}
