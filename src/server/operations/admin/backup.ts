import { makeBackup } from '#server/backup/make-backup.ts'
import { packTar, tarEnd } from '#server/backup/tar.ts'
import { keepNote, type RequestContext } from '#server/http/request-context.ts'
import type { Operation } from '#server/operations/operation.ts'
import { forbidden } from '#server/problem.ts'
import type { Sql } from '#server/store/sql.ts'

/**
 * Everything that is stored here, streamed while it is made: a plain tar of gzipped FHIR NDJSON, a type a file, with
 * its manifest. Our own form instead of Bulk Data's kick-off and files to fetch: nothing has to be stored on a server's
 * disk.
 */
export const backupOperation: Operation = {
  name: 'backup',
  on: 'system',
  changes: true,
  alone: true,
  purpose: 'Everything as FHIR NDJSON in one file: all versions, the audit log and checksums',
  async run({ context, now, today }) {
    mustLookAfter(context)
    await noteAll(context, '$backup')
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
    const writer = writable.getWriter()
    void makeBackup(context.service.sql, { now, emit: (entry) => taken(writer, packTar(entry)) })
      .then(() => taken(writer, tarEnd))
      .then(() => writer.close())
      .catch((cause: unknown) => writer.abort(cause).catch(() => undefined))
    const name = `gable-${today}.tar`
    return new Response(readable, {
      headers: {
        'Content-Type': 'application/x-tar',
        'Content-Disposition': `attachment; filename="${name}"`,
        'Cache-Control': 'no-store',
        // how much there will be; a change meanwhile may make it one more or less
        'Gable-Records': String(await versionsIn(context.service.sql)),
        'X-Content-Type-Options': 'nosniff',
      },
    })
  },
}

async function versionsIn(sql: Sql): Promise<number> {
  const { rows } = await sql.query<{ all: number }>(
    'select ((select count(*) from resource) + (select count(*) from history))::int as "all"',
  )
  return rows[0]?.all ?? 0
}

/** A backup that nobody reads blocks all saving on this device: after this time it is cancelled. */
const patienceMs = 20_000

/** Settles when the reader has taken this part; rejects if that takes too long. */
async function taken(
  writer: WritableStreamDefaultWriter<Uint8Array>,
  part: Uint8Array<ArrayBuffer>,
): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const tooLong = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('Nobody reads the backup')), patienceMs)
  })
  try {
    await Promise.race([writer.write(part), tooLong])
  } finally {
    clearTimeout(timer)
  }
}

export function mustLookAfter({ actor }: RequestContext): void {
  if (actor.role !== 'admin') throw forbidden('Only administrators can make and restore backups')
}

/** It touches everyone: one audit entry, and not one for each person. */
export async function noteAll(
  context: RequestContext,
  way: string,
  why = 'everything',
): Promise<void> {
  await keepNote(context, new Map(), { act: 'E', way, why })
}
