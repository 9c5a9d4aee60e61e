import { useState } from 'react'
import { mostDecidedAtOnce } from '#domain/case/decide-people.ts'
import type { FoundPerson } from '#domain/case/find-people.ts'

export type Selection = Readonly<{
  people: readonly FoundPerson[]
  has: (id: string) => boolean
  toggle: (person: FoundPerson) => void
  /** all of these, or none if all are selected */
  toggleAll: (people: readonly FoundPerson[]) => void
  /** only these stay */
  keep: (ids: readonly string[]) => void
}>

/** Who is selected, as they stood on the screen then; it stays from page to page of a list. */
export function useSelection(): Selection {
  const [selected, setSelected] = useState<ReadonlyMap<string, FoundPerson>>(new Map())
  const withMore = (more: readonly FoundPerson[]) =>
    new Map(
      [...selected, ...more.map((each) => [each.id, each] as const)].slice(0, mostDecidedAtOnce),
    )
  const without = (ids: readonly string[]) =>
    new Map([...selected].filter(([id]) => !ids.includes(id)))
  return {
    people: [...selected.values()],
    has: (id) => selected.has(id),
    toggle: (person) =>
      setSelected(selected.has(person.id) ? without([person.id]) : withMore([person])),
    toggleAll: (people) => {
      const ids = people.map(({ id }) => id)
      setSelected(ids.every((id) => selected.has(id)) ? without(ids) : withMore(people))
    },
    keep: (ids) => setSelected((now) => new Map([...now].filter(([id]) => ids.includes(id)))),
  }
}
