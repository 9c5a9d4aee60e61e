import type { Who } from '#domain/plan/plan.ts'

/** What a person or carer wrote and nobody of the team has seen. Instants. */
export type UnseenMessage = Readonly<{
  id: string
  thread: string
  at: string
  /** by when somebody has to see it */
  by: string
  who: Who
}>

/**
 * What the person or a carer wrote and nobody of the team has seen: the coordinator’s, until somebody has. The row says nothing
 * of what is in it; `text` is who wrote.
 */
export const messageItems = (
  {
    person,
    messages = [],
    coordinator,
  }: Readonly<{
    person: string
    messages?: readonly UnseenMessage[]
    coordinator?: Readonly<{ reference: string; name: string }>
  }>,
  now: string,
) =>
  messages.map(({ id, by, who }) => ({
    ...{
      kind: 'message' as const,
      person,
      reference: `Communication/${id}`,
      due: by,
      text: who.name,
    },
    ...(Date.parse(by) < Date.parse(now) ? { detail: 'late' } : {}),
    ...(coordinator ? { owner: coordinator } : {}),
  }))
