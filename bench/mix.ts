import { graceId } from '#demo-data/identities.ts'

/** The load of fifty people at work on a team server: 60 % reads, 20 % worklists, 20 % updates. */
export type Kind = 'read' | 'worklist' | 'update'

/** One call after the other, as one user would make them. Rejects unless each succeeds. */
export type Ask = (
  path: string,
  init?: Readonly<{ method?: string; headers?: Record<string, string>; body?: string }>,
) => Promise<unknown>

const fhirJson = { 'Content-Type': 'application/fhir+json' }
const everyTen: readonly Kind[] = [
  ...(['read', 'worklist', 'read', 'update', 'read'] as const),
  ...(['read', 'worklist', 'read', 'update', 'read'] as const),
]

type Goal = Record<string, unknown> & { id: string; meta: { versionId: string } }
type Bundle = { entry?: { resource: { resourceType: string; id: string } }[] }

/** The records that one user works on: many to read, one goal of their own to write, so that nobody gets in their way. */
export type Desk = { readonly toRead: readonly string[]; goal: Goal }

/** A set of records for each of so many users, from what the first of them can see. */
export async function desksFor(ask: Ask, users: number): Promise<readonly Desk[]> {
  const found = async (query: string) => ((await ask(query)) as Bundle).entry ?? []
  const records = [
    ...(await found('Patient?_count=400')),
    ...(await found(`Condition?patient=Patient/${graceId}&_count=50`)),
    ...(await found('CarePlan?_count=40')),
  ].map(({ resource }) => `${resource.resourceType}/${resource.id}`)
  const desks: Desk[] = []
  while (desks.length < users) desks.push({ toRead: records, goal: await newGoal(ask) })
  return desks
}

async function newGoal(ask: Ask): Promise<Goal> {
  const goal = {
    resourceType: 'Goal',
    lifecycleStatus: 'active',
    subject: { reference: `Patient/${graceId}` },
    description: { text: 'To walk to church' },
  }
  const body = JSON.stringify(goal)
  return (await ask('Goal', { method: 'POST', headers: fhirJson, body })) as Goal
}

/** The kinds of calls in their proportion, starting at any place; or always the same kind. */
export function nextKind(only?: Kind): () => Kind {
  let turn = Math.floor(Math.random() * everyTen.length)
  return () => only ?? everyTen[turn++ % everyTen.length] ?? 'read'
}

/** Makes a user's next call; returns its kind and how long it took, in milliseconds. */
export function working(
  ask: Ask,
  desk: Desk,
  only?: Kind,
): () => Promise<Readonly<{ kind: Kind; ms: number }>> {
  const next = nextKind(only)
  const deeds: Record<Kind, () => Promise<unknown>> = {
    read: () => ask(desk.toRead[Math.floor(Math.random() * desk.toRead.length)] ?? ''),
    worklist: () =>
      ask('Patient/$find-people', {
        method: 'POST',
        headers: fhirJson,
        body: JSON.stringify({ resourceType: 'Parameters' }),
      }),
    async update() {
      const words = `To walk to church, ${Math.random()} times`
      const { goal } = desk
      desk.goal = (await ask(`Goal/${goal.id}`, {
        method: 'PUT',
        headers: { ...fhirJson, 'If-Match': `W/"${goal.meta.versionId}"` },
        body: JSON.stringify({ ...goal, description: { text: words } }),
      })) as Goal
    },
  }
  return async () => {
    const kind = next()
    const start = performance.now()
    await deeds[kind]()
    return { kind, ms: performance.now() - start }
  }
}

export type Done = Readonly<{
  counts: Record<Kind, number>
  times: Record<Kind, number[]>
  ms: number
}>

/** Lets all users work at the same time for so long. */
export async function workFor(
  ms: number,
  users: readonly (() => Promise<Readonly<{ kind: Kind; ms: number }>>)[],
): Promise<Done> {
  const times: Record<Kind, number[]> = { read: [], worklist: [], update: [] }
  const start = performance.now()
  await Promise.all(
    users.map(async (deed) => {
      while (performance.now() - start < ms) {
        const done = await deed()
        times[done.kind].push(done.ms)
      }
    }),
  )
  const counts = {
    read: times.read.length,
    worklist: times.worklist.length,
    update: times.update.length,
  }
  return { counts, times, ms: performance.now() - start }
}
