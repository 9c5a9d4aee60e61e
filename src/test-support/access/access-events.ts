import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { grace } from '#test-support/worlds/grace-records.ts'
import { labels } from './access-expected.ts'
import type { AccessUser, AccessWorld } from './access-users.ts'
import { securityOf } from './access-world.ts'

const mark = { resourceType: 'Organization', id: 'heard-by-all' } as const

/**
 * The events that somebody receives: about everything written before, and about a goal of each label that is written
 * during the stream.
 */
export async function heardBy(
  { call, who }: AccessUser,
  { seed }: AccessWorld,
): Promise<Readonly<{ status: number; before: ReadonlySet<string>; live: readonly string[] }>> {
  const answer = await call('/events', { headers: { 'Last-Event-ID': '0' } })
  if (!answer.ok) return { status: answer.status, before: new Set(), live: [] }
  const reader = (answer.body as ReadableStream<Uint8Array<ArrayBuffer>>)
    .pipeThrough(new TextDecoderStream())
    .getReader()
  let text = ''
  const until = async (isOver: () => boolean) => {
    while (!isOver()) text += (await reader.read()).value ?? ''
  }
  await until(() => text.includes(': up to date'))
  const before = new Set(idsIn(text))
  text = ''
  const goals = labels.map((label) => ({
    ...{ resourceType: 'Goal', id: `live-${label}-for-${who.replace(/\W+/g, '-')}` },
    ...{ subject: grace, ...securityOf(label) },
  }))
  await seed(goals as unknown as ResourceWithId[])
  // everybody receives events about an organisation, so those that were missed are not counted
  await seed([{ ...mark, name: who }])
  await until(() => text.includes('"Organization"'))
  await reader.cancel()
  const live = idsIn(text).filter((id) => id.startsWith('live-'))
  return { status: answer.status, before, live: live.map((id) => id.split('-')[1] ?? '') }
}

const idsIn = (text: string): readonly string[] =>
  [...text.matchAll(/"id":"([^"]+)"/g)].flatMap(([, id]) => id ?? [])
