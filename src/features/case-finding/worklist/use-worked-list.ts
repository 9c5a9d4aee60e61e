import { useEffect, useRef, useState } from 'react'
import type { ListDecision } from '#client/queries/care-plan/case-decisions.ts'
import type { FoundPerson } from '#domain/case/find-people.ts'
import type { NotNow } from '#features/case-finding/deciding/not-now-dialog.tsx'
import { type Decisions, useDecisions } from '#features/case-finding/deciding/use-decisions.tsx'
import { listed, mayBeDecided } from './listed.ts'
import { type ListKeyAct, useListKeys } from './use-list-keys.ts'
import { type Selection, useSelection } from './use-selection.ts'

/** A question that is open, and about whom. */
export type Asking = Readonly<{
  what: NotNow | 'assign' | 'help'
  people: readonly FoundPerson[]
}>

export type WorkedList = Readonly<{
  list: React.RefObject<HTMLOListElement | null>
  current: number
  setCurrent: (row: number) => void
  selection: Selection
  decisions: Decisions
  asking: Asking | undefined
  ask: (asking: Asking) => void
  /** closes the question and leads back to the row at hand */
  close: () => void
}>

/** The list as somebody works it: the row at hand, who is selected, and what was decided, by key or by button. */
export function useWorkedList(people: readonly FoundPerson[]): WorkedList {
  const list = useRef<HTMLOListElement>(null)
  const [current, setCurrent] = useState({ id: '', row: 0 })
  const [asking, ask] = useState<Asking>()
  const selection = useSelection()
  const deciding = useDecisions()
  // somebody may come in before them; whoever takes the place of somebody who is gone is at hand next
  const found = people.findIndex(({ id }) => id === current.id)
  const row = found >= 0 ? found : Math.min(current.row, Math.max(0, people.length - 1))
  const focusRow = (place: number) => {
    const names = list.current?.querySelectorAll<HTMLElement>('.worklist__name') ?? []
    names[Math.min(place, names.length - 1)]?.focus()
  }
  const leadBack = useLeadBack(row, { people, asking }, focusRow)
  const decisions: Decisions = {
    ...deciding,
    decide: async (decided, decision) => {
      leadBack()
      const all = await deciding.decide(decided, decision)
      if (all) selection.keep(without(selection, decided))
      return all
    },
  }
  const about = () => {
    if (selection.people.length > 0) return selection.people
    const at = people[row]
    return at && mayBeDecided(at) ? [at] : []
  }
  const acts: Readonly<Record<ListKeyAct, () => void>> = {
    next: () => focusRow(isInside(list.current) ? row + 1 : row),
    previous: () => focusRow(Math.max(0, row - 1)),
    select: () => {
      const at = people[row]
      if (at && mayBeDecided(at)) selection.toggle(at)
    },
    'take-on': () => void decideAbout(decisions, about(), { decision: 'take-on' }),
    assign: () => askAbout('assign'),
    defer: () => askAbout('defer'),
    decline: () => askAbout('decline'),
    undo: () => void deciding.undoLast?.(),
    help: () => ask({ what: 'help', people: [] }),
  }
  const askAbout = (what: Asking['what']) => {
    const asked = about()
    if (asked.length > 0) ask({ what, people: asked })
  }
  useListKeys(
    () => list.current,
    (what) => acts[what](),
  )
  const close = () => {
    leadBack()
    ask(undefined)
  }
  const focused = (place: number) => setCurrent({ id: people[place]?.id ?? '', row: place })
  return {
    setCurrent: focused,
    ...{ list, current: row, selection, decisions, asking, ask, close },
  }
}

/**
 * Whoever was decided about is gone from the list, and with them the focus: once the list is there without them, it goes
 * to the row that took their place. Returns how to say that it may get lost.
 */
function useLeadBack(
  row: number,
  { people, asking }: Readonly<{ people: readonly FoundPerson[]; asking: Asking | undefined }>,
  focusRow: (row: number) => void,
): () => void {
  const stood = useRef<Readonly<{ on: Element | null; row: number }>>(undefined)
  const lead = useRef(focusRow)
  lead.current = focusRow
  // biome-ignore lint/correctness/useExhaustiveDependencies: when the list or the question changes, the focus may be lost
  useEffect(() => {
    const before = stood.current
    if (!before || asking) return
    // after whatever else keeps the focus
    const later = setTimeout(() => {
      if (before.on?.isConnected) return
      stood.current = undefined
      lead.current(before.row)
    })
    return () => clearTimeout(later)
  }, [people, asking])
  return () => {
    stood.current = { on: document.activeElement, row }
  }
}

const isInside = (list: HTMLElement | null) => list?.contains(document.activeElement) === true

const without = ({ people }: Selection, gone: readonly Readonly<{ id: string }>[]) =>
  people.map(({ id }) => id).filter((id) => !gone.some((each) => each.id === id))

async function decideAbout(
  { decide }: Decisions,
  people: readonly FoundPerson[],
  decision: ListDecision,
): Promise<void> {
  if (people.length > 0) await decide(people.map(listed), decision)
}
