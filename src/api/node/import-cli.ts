import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { OperationOutcome, Parameters, ParametersParameter } from '@medplum/fhirtypes'
import { beginSession, endSession } from '#api/auth/session.ts'
import { createHandler, type Handler } from '#api/handler.ts'
import type { Actor } from '#domain/access/actor.ts'
import { chunksOf, type ImportChunk, importOrder } from '#domain/import/chunks.ts'
import { openDatabase } from './database.ts'

/** `npm run import -- FILE…`: FHIR bundles and NDJSON, `.gz` too, into the team database through the same door as the page. */
const importer: Actor = {
  identity: 'import',
  name: 'Import from the command line',
  role: 'admin',
  organisation: process.env['GABLE_ORGANISATION'] ?? 'brook-surgery',
}

type Counts = Record<'created' | 'updated' | 'unchanged' | 'refused', number>

const counts = new Map<string, Counts>()
const refusals: string[] = []

function textOf(file: string): string {
  const bytes = readFileSync(file)
  return (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString('utf8')
}

type Sender = (chunk: ImportChunk) => Promise<Response>

function senderTo(handler: Handler, token: string): Sender {
  return (chunk) =>
    handler(
      new Request('http://localhost/fhir/$import', {
        method: 'POST',
        headers: { Authorization: `Bearer ${token}`, 'Content-Type': chunk.contentType },
        body: chunk.body,
      }),
    )
}

async function bringIn(file: string, send: Sender): Promise<void> {
  if (/\.csv(\.gz)?$/i.test(file)) {
    refuse(file, 'CSV is not read yet: bring FHIR bundles or NDJSON')
    return
  }
  for (const chunk of chunksOf(textOf(file))) {
    const response = await send(chunk)
    if (response.ok) tally(file, (await response.json()) as Parameters)
    else refuse(file, wordsOf((await response.json()) as OperationOutcome))
    progress(file)
  }
}

function refuse(file: string, reason: string): void {
  refusals.push(`${file}: ${reason}`)
}

function wordsOf(outcome: OperationOutcome): string {
  return outcome.issue.map((issue) => issue.details?.text ?? issue.code).join('; ')
}

function tally(file: string, answer: Parameters): void {
  for (const parameter of answer.parameter ?? []) {
    const part = (name: string) => parameter.part?.find((each) => each.name === name)
    if (parameter.name === 'counted') add(part)
    if (parameter.name === 'refused') refuse(file, refusalWords(part))
    if (parameter.name === 'wholeRefused') {
      refuse(file, `one unit: its other ${parameter.valueInteger} records were not kept either`)
    }
  }
}

type Part = (name: string) => ParametersParameter | undefined

function add(part: Part): void {
  const type = part('type')?.valueString ?? 'unknown'
  const sum = counts.get(type) ?? { created: 0, updated: 0, unchanged: 0, refused: 0 }
  for (const name of ['created', 'updated', 'unchanged', 'refused'] as const) {
    sum[name] += part(name)?.valueInteger ?? 0
  }
  counts.set(type, sum)
}

function refusalWords(part: Part): string {
  const name = `${part('type')?.valueString}/${part('id')?.valueString ?? '(no id)'}`
  return `record ${part('index')?.valueInteger}, ${name}: ${part('reason')?.valueString}`
}

function progress(file: string): void {
  const all = [...counts.values()].reduce(
    (sum, each) => sum + each.created + each.updated + each.unchanged + each.refused,
    0,
  )
  const line = `${all} records · ${refusals.length} refusals · ${file.split('/').at(-1)}`
  process.stderr.write(process.stderr.isTTY ? `\r\u001b[K${line}` : `${line}\n`)
}

function report(): void {
  process.stderr.write('\n')
  const total: Counts = { created: 0, updated: 0, unchanged: 0, refused: 0 }
  for (const [type, each] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    console.log(lineOf(type, each))
    for (const name of Object.keys(total) as (keyof Counts)[]) total[name] += each[name]
  }
  console.log(lineOf('all', total))
  for (const refusal of refusals) console.log(`refused  ${refusal}`)
}

function lineOf(type: string, { created, updated, unchanged, refused }: Counts): string {
  return `${type.padEnd(24)} created ${created}, updated ${updated}, unchanged ${unchanged}, refused ${refused}`
}

const files = importOrder(process.argv.slice(2))
if (files.length === 0) {
  console.error('Which files? npm run import -- FILE…')
  process.exit(2)
}
const database = await openDatabase()
const token = await beginSession(database.sql, importer, new Date())
try {
  const send = senderTo(createHandler({ sql: database.sql }), token)
  for (const file of files) {
    await bringIn(file, send).catch((cause: unknown) =>
      refuse(file, cause instanceof Error ? cause.message : 'unreadable'),
    )
  }
  report()
} finally {
  await endSession(database.sql, token)
  await database.stop()
}
process.exit(refusals.length > 0 ? 1 : 0)
