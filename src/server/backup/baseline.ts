import type { Sql } from '#server/store/sql.ts'
import type { Manifest } from './manifest.ts'

/** What the automatic backup of a browser's own records starts from. If there is one, everything may be replaced. */
export type BackupBaseline = Readonly<{
  /** part of a restore that replaces everything: later backups start from the file that was sent */
  replacing: (sent: Blob) => Readonly<{ within: (tx: Sql, manifest: Manifest) => Promise<void> }>
  /** everything was replaced: open pages are told */
  replaced: () => void
  /** older records were added, which no backup of later changes would contain */
  merged: () => Promise<void>
}>
