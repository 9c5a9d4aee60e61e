import type { Sql } from '#server/store/sql.ts'
import type { Manifest } from './manifest.ts'

/** What the automatic backup of a browser's own records begins from. Where there is one, all may be replaced. */
export type BackupBaseline = Readonly<{
  /** goes with a restore that replaces everything: the file that was sent is what later backups begin from */
  replacing: (sent: Blob) => Readonly<{ within: (tx: Sql, manifest: Manifest) => Promise<void> }>
  /** everything was replaced: open pages are told */
  replaced: () => void
  /** older records have come in, which no backup of later changes would hold */
  merged: () => Promise<void>
}>
