import { join, resolve } from 'node:path'
import { SettingProblem } from './settings.ts'

/** Where heads of the audit log are sent, besides the log. */
export type AuditSettings = Readonly<{
  /** a file that grows by a line for each block */
  file?: string
  /** `udp://host:514` or `tcp://host:601` */
  syslog?: URL
  /** address of a second PostgreSQL */
  database?: string
}>

/**
 * The settings in the environment. If Gable runs its own PostgreSQL, heads are noted beside it: an audit log that was
 * emptied there is found without any setting.
 */
export function auditSettingsFrom(
  env: Readonly<Record<string, string | undefined>>,
): AuditSettings {
  const own = env['DATABASE_URL'] ? undefined : resolve(env['GABLE_DATA'] ?? 'data')
  const file = env['GABLE_TRAIL_FILE'] || (own && join(own, 'trail-heads.ndjson'))
  const syslog = env['GABLE_TRAIL_SYSLOG']
  const database = env['GABLE_TRAIL_DATABASE']
  if (database) mustBeAnother(database, env['DATABASE_URL'])
  return {
    ...(file ? { file: resolve(file) } : {}),
    ...(syslog ? { syslog: syslogIn(syslog) } : {}),
    ...(database ? { database } : {}),
  }
}

function mustBeAnother(database: string, own: string | undefined): void {
  const isOne = /^postgres(ql)?:\/\//.test(database)
  if (isOne && database !== own) return
  throw new SettingProblem(
    'GABLE_TRAIL_DATABASE must be the address of a PostgreSQL other than DATABASE_URL.',
  )
}

function syslogIn(text: string): URL {
  // the parser knows hosts and ports of web addresses only
  const isOne = /^(udp|tcp):\/\/(\[[0-9a-f:]+\]|[\w.-]+)(:\d{1,5})?$/i.test(text)
  if (isOne && URL.canParse(text)) return new URL(text)
  throw new SettingProblem(
    `GABLE_TRAIL_SYSLOG is where a syslog server listens, such as udp://logs.example:514 or tcp://logs.example:601, not "${text}".`,
  )
}
