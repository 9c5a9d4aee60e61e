import { type Noted, note, type Visit } from './visit.ts'

type Looking = Readonly<{
  what: ReadonlyMap<string, readonly string[]>
  /** ids of people who were asked about by name */
  asked: readonly string[]
}>

const look = { act: 'R', way: 'search-type' } as const
const unrelated: Noted = {
  ...look,
  allowed: false,
  why: 'Nothing was shown: no relation to this person',
}

/**
 * Keeps the entry of a search: of those of whom something was shown, of those who were asked about and of whom there was
 * nothing, and, as refused, of those whom the one who asks may not know of. What is hidden is asked for as what is not there.
 */
export async function noteWithAskedFor(visit: Visit, { what, asked }: Looking): Promise<void> {
  const others = [...new Set(asked)].filter((person) => !what.has(person))
  if (others.length === 0) return await note(visit, what, look)
  const seen = new Map(what)
  const refused = new Map<string, readonly string[]>()
  const known = await thatExist(visit, others)
  for (const person of others) {
    const isWithin = await visit.store.mayReach(person, visit.reach.scope)
    if (known.has(person)) (isWithin ? seen : refused).set(person, [`Patient/${person}`])
  }
  await Promise.all([
    note(visit, seen, look),
    ...(refused.size > 0 ? [note(visit, refused, unrelated)] : []),
  ])
}

async function thatExist({ service }: Visit, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await service.sql.query<{ id: string }>(
    `select id from resource where rt = 'Patient' and id = any($1::text[])`,
    [ids],
  )
  return new Set(rows.map(({ id }) => id))
}
