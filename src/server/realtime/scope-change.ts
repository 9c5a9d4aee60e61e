import { sha256Hex } from '#server/sha256.ts'
import type { AccessScope } from '#server/store/access/access-scope.ts'
import type { Change, Store } from '#server/store/store.ts'

/** Notices when somebody's access changes. */
export type ScopeChangeWatch = Readonly<{
  /**
   * The event with the current access of a carer, or of anyone whose people are listed by name; empty if it is the one
   * sent last. The mark says only "the same" or "different": a page that reconnects compares it with its own.
   */
  news: (reach: AccessScope) => Promise<string>
  /** the user was sent something about this person */
  noteTold: (person: string | undefined) => void
  /**
   * the event for a change that the user may not see, about somebody whom they could see and no longer can; otherwise
   * empty
   */
  loss: (change: Change, reach: AccessScope, store: Store) => Promise<string>
}>

const event = (data: object) => `event: reach\ndata: ${JSON.stringify(data)}\n\n`

/** `isOpen`: whether the user has a page of this person open, as far as their browser says so. */
export function watchScopeChange(isOpen: (person: string) => boolean): ScopeChangeWatch {
  let lastSent: string | undefined
  const known = new Set<string>()
  return {
    async news({ scope }) {
      if (scope.people.kind !== 'listed') return ''
      const mark = sha256Hex(JSON.stringify(scope.people))
      if (mark === lastSent) return ''
      lastSent = mark
      return event({ mark })
    },
    noteTold(person) {
      if (person) known.add(person)
    },
    async loss({ person }, { scope }, store) {
      if (!person || scope.people.kind !== 'related') return ''
      if (!known.has(person) && !isOpen(person)) return ''
      if (await store.mayReach(person, scope)) return ''
      known.delete(person)
      return event({})
    },
  }
}
