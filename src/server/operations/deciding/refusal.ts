import type { RefusedWhy } from '#domain/case/decide-people.ts'

/** Nothing is decided about this person; `by`: who decided before. */
export class Refusal extends Error {
  override name = 'Refusal'
  readonly why: RefusedWhy
  readonly by: string | undefined

  constructor(why: RefusedWhy, by?: string) {
    super(why)
    this.why = why
    this.by = by
  }
}
