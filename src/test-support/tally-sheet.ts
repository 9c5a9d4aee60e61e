import type { Goal } from '@medplum/fhirtypes'
import { graceId } from '#demo-data/identities.ts'
import type { Caller } from './servers/handler.ts'

/**
 * A goal in which many people keep count: one note each with how often they wrote, and the sum in the goal’s text. A
 * write that is lost or applied twice shows in one of the two.
 */
export type Sheet = Goal & { id: string }

export function emptySheet(id: string, person = graceId): Sheet {
  const reference = `Patient/${person}`
  return {
    resourceType: 'Goal',
    id,
    lifecycleStatus: 'active',
    subject: { reference },
    expressedBy: { reference },
    description: { text: '0' },
  }
}

export function countsOn(sheet: Sheet): ReadonlyMap<string, number> {
  return new Map(
    (sheet.note ?? []).map(({ text }) => {
      const [who = '', count = ''] = text.split(': ')
      return [who, Number(count)] as const
    }),
  )
}

export const sumOn = (sheet: Sheet) => Number(sheet.description.text)

/** The sheet after one more write by `who`: what a person would merge into the current version. */
function withOneMore(sheet: Sheet, who: string): Sheet {
  const counts = new Map(countsOn(sheet))
  counts.set(who, (counts.get(who) ?? 0) + 1)
  return {
    ...sheet,
    description: { text: String(sumOn(sheet) + 1) },
    note: [...counts].map(([name, count]) => ({ text: `${name}: ${count}` })),
  }
}

export async function readSheet(call: Caller, id: string): Promise<Sheet> {
  const answer = await call(`/fhir/Goal/${id}`)
  if (!answer.ok) throw new Error(`Goal/${id}: ${answer.status}`)
  return (await answer.json()) as Sheet
}

export type Writing = { acknowledged: number; conflicts: number }

/**
 * Adds one for `who`, again and again based on the current version, until it is acknowledged. `last` is the sheet as
 * this client saw it last, however old; returns the sheet as written.
 */
export async function addOne(
  call: Caller,
  facts: Readonly<{ last: Sheet; who: string; writing: Writing }>,
): Promise<Sheet> {
  let standing = facts.last
  for (;;) {
    const json = withOneMore(standing, facts.who)
    const headers = { 'If-Match': `W/"${standing.meta?.versionId}"` }
    const answer = await call(`/fhir/Goal/${standing.id}`, { method: 'PUT', headers, json })
    if (answer.ok) {
      facts.writing.acknowledged += 1
      return (await answer.json()) as Sheet
    }
    if (answer.status !== 412) throw new Error(`${answer.status}: ${await answer.text()}`)
    facts.writing.conflicts += 1
    standing = await readSheet(call, standing.id)
  }
}

/** What one client did on a sheet while its server stopped and started. */
export type Added = Readonly<{
  /** the mark of each write that was acknowledged, or found to have arrived */
  marks: readonly string[]
  /** writes whose answer never arrived */
  unsure: number
}>

type Current = Readonly<{ server: { as: (identity: string) => Promise<Caller> }; over: boolean }>

/**
 * Adds its own marks to a sheet until it is `over`, each based on the current version. If no answer arrives, it asks
 * the server that is running then, and repeats the write: what did arrive is found by its mark.
 */
export async function keepAdding(current: Current, id: string, who: string): Promise<Added> {
  const marks: string[] = []
  let unsure = 0
  for (let count = 0; !current.over; count++) {
    const mark = `${who}, ${count}`
    while (!(await isAdded(current, id, mark))) unsure += 1
    marks.push(mark)
  }
  return { marks, unsure }
}

/** False if the server stopped before it answered. */
async function isAdded(current: Current, id: string, mark: string): Promise<boolean> {
  try {
    const call = await current.server.as('amina')
    for (;;) {
      const sheet = await readSheet(call, id)
      if (sheet.note?.some(({ text }) => text === mark)) return true
      const json = withMark(sheet, mark)
      const headers = { 'If-Match': `W/"${sheet.meta?.versionId}"` }
      const answer = await call(`/fhir/Goal/${id}`, { method: 'PUT', headers, json })
      if (answer.ok) return true
      if (answer.status !== 412) throw new Error(`${answer.status}: ${await answer.text()}`)
    }
  } catch (error) {
    // fetch reports this when the connection ends, whatever the reason
    if (!(error instanceof TypeError)) throw error
    await new Promise((resolve) => setTimeout(resolve, 50))
    return false
  }
}

const withMark = (sheet: Sheet, mark: string): Sheet => ({
  ...sheet,
  description: { text: String(sumOn(sheet) + 1) },
  note: [...(sheet.note ?? []), { text: mark }],
})
