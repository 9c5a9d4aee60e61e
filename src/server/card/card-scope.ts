import { ownAccessLabels } from '#domain/access/labels/access-label.ts'
import type { Scope } from '#domain/access/scope.ts'

const cardLabels = ownAccessLabels.filter((label) => label !== 'restricted')

/** What is behind a link: what the person may read themselves, and nothing that is restricted. */
export const cardScope = (person: string): Scope => ({
  people: { kind: 'listed', people: [{ person, rooms: cardLabels }] },
})
