import type { Goal, Task } from '@medplum/fhirtypes'
import { expect } from 'vitest'
import { withSentence } from '#domain/suggestion/sentence.ts'
import {
  besideSentence,
  type ChangeState,
  type SuggestedChange,
} from '#domain/suggestion/suggested-change.ts'
import {
  type Deciding,
  decidedTask,
  suggestedChangeFromFhir,
} from '#domain/suggestion/suggested-change-fhir.ts'
import type { Sql } from '#server/store/sql.ts'
import { amina, goal, grace } from './grace-records.ts'
import {
  church,
  karen,
  openSuggestions,
  type SuggestionsServer,
  suggestion,
  suggestionsNow,
  together,
} from './suggestions-world.ts'

type Made = Readonly<{ id: string; base: string; words: string }>
type Decided = Readonly<{ state: ChangeState; taken?: string; reason?: string }>

export const walkDeeds = ['suggest', 'take', 'half', 'decline', 'rewrite', 'unseen'] as const
export type WalkDeed = (typeof walkDeeds)[number]

const herself = { reference: grace.reference, name: 'Grace', voice: 'person' } as const

/**
 * One sentence of Grace’s behind the real handler, others’ suggestions for it, and what has to be true of them: every
 * step checks the answer of the service against what was done before.
 */
export async function walkOfSuggestions(sql: Sql) {
  const walk = new SuggestionWalk(await openSuggestions(sql))
  return { step: (deed: WalkDeed) => walk[deed](), holds: () => walk.holds() }
}

class SuggestionWalk {
  readonly #server: SuggestionsServer
  /** what the sentence said in each version of its record */
  readonly #texts: string[] = [church]
  readonly #made: Made[] = []
  readonly #decided = new Map<string, Decided>()

  constructor(server: SuggestionsServer) {
    this.#server = server
  }

  get #now(): string {
    return this.#texts.at(-1) ?? ''
  }

  /** Every second one is from an older version, as when it was written on a device that was offline. */
  async suggest(): Promise<void> {
    const number = this.#made.length + 1
    const version = number % 2 === 0 ? Math.max(1, this.#texts.length - 1) : this.#texts.length
    const base = this.#texts[version - 1] ?? ''
    const words = base.replace(/\S+/, `s${number}`)
    const [who, by] = number % 3 === 0 ? (['amina', amina] as const) : (['karen', karen] as const)
    const made = { id: `change-${number}`, base, words }
    const facts = { baseVersion: String(version), baseWords: base, words }
    const task = { ...suggestion(by, facts), id: made.id }
    expect((await this.#server.put(who, task)).status, 'suggested').toBe(201)
    this.#made.push(made)
  }

  async take(): Promise<void> {
    const [first] = this.#waiting()
    if (first) await this.#accept(first, first.words, this.#texts.length)
  }

  /** What both say, or her own words. */
  async half(): Promise<void> {
    const [first] = this.#waiting()
    if (!first) return
    const { ofBoth } = besideSentence(await this.#stored(first), this.#now)
    await this.#accept(first, ofBoth ?? `${this.#now} half`, this.#texts.length)
  }

  /** Only as long as the sentence is as its author read it. */
  async unseen(): Promise<void> {
    const first = this.#waiting().at(-1)
    if (first) await this.#accept(first, first.words, 1)
  }

  async decline(): Promise<void> {
    const [first] = this.#waiting()
    if (!first) return
    const reason = `Because of ${first.id}`
    const task = await this.#server.get<Task>(`Task/${first.id}`)
    const no = decidedTask(task, { way: 'self', seen: '1', reason })
    expect((await this.#server.put('grace', no, 1)).status, 'declined').toBe(200)
    this.#decided.set(first.id, { state: 'declined', reason })
  }

  async rewrite(): Promise<void> {
    const text = `${this.#now} g${this.#texts.length}`
    const record = { ...goal(grace), description: { text } }
    const saved = await this.#server.put('grace', record, this.#texts.length)
    expect(saved.status, 'rewritten').toBe(200)
    this.#texts.push(text)
  }

  /** Every text that ever stood and every suggestion is there whole, with what was decided; what waits shows both. */
  async holds(): Promise<void> {
    for (const [at, text] of this.#texts.entries()) {
      const stood = await this.#server.get<Goal>(`Goal/goal-1/_history/${at + 1}`)
      expect([stood.description.text, stood.expressedBy?.reference]).toEqual([
        text,
        grace.reference,
      ])
    }
    expect((await this.#server.get<Goal>('Goal/goal-1')).description.text).toBe(this.#now)
    for (const made of this.#made) {
      const kept = await this.#stored(made)
      const { id, base: baseWords, words } = made
      expect(kept).toMatchObject({ id, baseWords, words, ...this.#outcomeOf(made) })
      const beside = besideSentence(kept, this.#now)
      expect([beside.isMovedOn, beside.now]).toEqual([baseWords !== this.#now, this.#now])
    }
  }

  #waiting(): readonly Made[] {
    return this.#made.filter(({ id }) => !this.#decided.has(id))
  }

  #outcomeOf({ id }: Made): Decided {
    return this.#decided.get(id) ?? { state: 'waiting' }
  }

  async #stored({ id }: Made): Promise<SuggestedChange> {
    const change = suggestedChangeFromFhir(await this.#server.get<Task>(`Task/${id}`))
    if (!change) throw new Error(`${id} is no suggestion`)
    return change
  }

  async #accept({ id, base }: Made, taken: string, seen: number): Promise<void> {
    const record = await this.#server.get<Goal>('Goal/goal-1')
    const task = await this.#server.get<Task>(`Task/${id}`)
    const facts = { owner: herself, by: herself, at: suggestionsNow, day: '2026-03-02' }
    const written = withSentence(record, 'words', taken, facts)
    const deciding: Deciding = { way: 'self', seen: String(seen), taken }
    const call = await this.#server.as('grace')
    const answer = await together(call, written, decidedTask(task, deciding))
    const isUnseen = base !== this.#now && seen !== this.#texts.length
    expect(answer.status, 'taken').toBe(isUnseen ? 409 : 200)
    if (isUnseen) return
    this.#decided.set(id, { state: 'taken', taken })
    if (taken !== this.#now) this.#texts.push(taken)
  }
}
