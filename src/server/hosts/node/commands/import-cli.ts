import type { Actor } from '#domain/access/actor.ts'
import { dayIn } from '#domain/calendar/zone.ts'
import { beginSession, endSession } from '#server/auth/session.ts'
import { createHandler } from '#server/handler.ts'
import { pgPubsub } from '#server/hosts/node/database/pg-pubsub.ts'
import { serviceZone } from '#server/hosts/node/settings.ts'
import { runCommand } from './command.ts'
import { importFiles, isAllIn, reportLines } from './import-files.ts'

/** `npm run import -- FILE…`: FHIR bundles, NDJSON and lists of people as CSV, `.gz` too, into the team database. */
const importer: Actor = {
  identity: 'import',
  name: 'Import from the command line',
  role: 'admin',
  organisation: process.env['GABLE_ORGANISATION'] ?? 'brook-surgery',
}

const files = process.argv.slice(2)
if (files.length === 0) {
  console.error('Which files? npm run import -- FILE…')
  process.exit(2)
}
const zone = zoneOrEnd()
await runCommand('Nothing was imported', async ({ sql, url }, stop) => {
  const now = () => new Date()
  const token = await beginSession(sql, importer, now())
  // running servers notify their open screens of new records
  const pubsub = pgPubsub(url)
  const handler = createHandler({ sql, now, wire: pubsub, zone })
  const report = await importFiles(files, {
    today: dayIn(zone, now()),
    stop,
    progress: (line) =>
      process.stderr.write(process.stderr.isTTY ? `\r\u001b[K${line}` : `${line}\n`),
    send: ({ body, contentType }) =>
      handler(
        new Request('http://localhost/fhir/$import', {
          method: 'POST',
          headers: { Authorization: `Bearer ${token}`, 'Content-Type': contentType },
          body,
        }),
      ),
  })
  process.stderr.write('\n')
  for (const line of reportLines(report)) console.log(line)
  process.exitCode = isAllIn(report) ? 0 : 1
  // if the database is gone there is nothing left to end
  await endSession(sql, token).catch(() => undefined)
  await pubsub.stop()
})

function zoneOrEnd(): string {
  try {
    return serviceZone(process.env)
  } catch (cause) {
    console.error((cause as Error).message)
    process.exit(2)
  }
}
