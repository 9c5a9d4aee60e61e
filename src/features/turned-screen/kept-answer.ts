import { useState } from 'react'
import * as v from 'valibot'
import { create } from 'zustand'
import { FhirError } from '#client/fhir/fhir-error.ts'
import { sendTurnedAnswer } from '#client/queries/answer/turned-screen.ts'
import type { TurnedScreen } from '#client/session/turned-screen.ts'
import type { AnswerCode } from '#domain/agreement/fhir.ts'
import { checkedJson } from '#domain/fhir/checked-json.ts'
import {
  emptyAnswer,
  type PlanAnswer,
  type TypedAnswer,
} from '#features/parts/answer/plan-answer-form.tsx'

const key = 'gable-turned-answer'

const keptShape = v.object({
  id: v.string(),
  plan: v.string(),
  version: v.number(),
  answer: v.picklist(['agree', 'agree-in-part', 'disagree'] satisfies AnswerCode[]),
  words: v.string(),
  notAgreed: v.array(v.object({ record: v.string(), words: v.string() })),
})

/** An answer with the version that was shown, until the server has it. It ends with the tab. */
type KeptAnswer = v.InferOutput<typeof keptShape>

type Sending = Readonly<{
  kept?: KeptAnswer | undefined
  /** `sent`: the server has it; `refused`: it does not take it, in its own words */
  state: 'none' | 'sending' | 'waiting' | 'sent' | 'refused'
  why?: string
}>

function stored(): KeptAnswer | undefined {
  try {
    return checkedJson(keptShape, sessionStorage.getItem(key))
  } catch {
    return undefined
  }
}

const begun = stored()

export const useKeptAnswer = create<Sending>(() => ({
  kept: begun,
  state: begun ? 'waiting' : 'none',
}))

/** What became of the answer to this plan in this version: what was kept of another plan is not this person’s. */
export const useAnswerState = ({ plan, version }: TurnedScreen): Sending['state'] =>
  useKeptAnswer(({ kept, state }) => {
    const isOther = kept && (kept.plan !== plan || kept.version !== Number(version))
    return isOther ? 'none' : state
  })

function keep(kept: KeptAnswer | undefined): void {
  try {
    if (kept) sessionStorage.setItem(key, JSON.stringify(kept))
    else sessionStorage.removeItem(key)
  } catch {
    // a tab without storage keeps it in memory
  }
  useKeptAnswer.setState({ kept })
}

const codeOf = ({ yes, notAgreed = [] }: PlanAnswer): AnswerCode => {
  if (yes) return 'agree'
  return notAgreed.length > 0 ? 'agree-in-part' : 'disagree'
}

/** Keeps an answer and sends it. */
export async function giveAnswer(turned: TurnedScreen, given: PlanAnswer): Promise<void> {
  keep({
    ...{ id: crypto.randomUUID(), plan: turned.plan, version: Number(turned.version) },
    ...{ answer: codeOf(given), words: given.words, notAgreed: [...(given.notAgreed ?? [])] },
  })
  await sendKept()
}

/** Sends what is kept, if it waits; without a network it goes on waiting. */
export async function sendKept(): Promise<void> {
  const { kept, state } = useKeptAnswer.getState()
  if (!kept || state === 'sending') return
  useKeptAnswer.setState({ state: 'sending' })
  const { plan, ...answer } = kept
  try {
    await sendTurnedAnswer(plan, answer)
    keep(undefined)
    forgetTyped()
    useKeptAnswer.setState({ state: 'sent' })
  } catch (error) {
    useKeptAnswer.setState(stateAfter(error))
  }
}

const passing: readonly string[] = ['offline', 'unreachable', 'broken']

function stateAfter(error: unknown): Pick<Sending, 'state' | 'why'> {
  if (!(error instanceof FhirError)) return { state: 'refused', why: '' }
  if (passing.includes(error.kind) || error.status === 429) return { state: 'waiting' }
  // sent before, and the first answer to it was lost
  if (error.status === 412) return { state: 'sent' }
  return { state: 'refused', why: error.message }
}

/** For another answer, or for the next person. */
export function forgetKept(): void {
  keep(undefined)
  forgetTyped()
  useKeptAnswer.setState({ state: 'none' })
}

const typedKey = 'gable-turned-typed'
const typedShape = v.object({
  plan: v.string(),
  open: v.picklist(['', 'part', 'no'] satisfies TypedAnswer['open'][]),
  words: v.string(),
  parts: v.record(v.string(), v.string()),
})

function typedHere({ plan }: TurnedScreen): TypedAnswer {
  try {
    const { plan: whose, ...typed } = checkedJson(typedShape, sessionStorage.getItem(typedKey)) ?? {
      ...emptyAnswer,
      plan,
    }
    return whose === plan ? typed : emptyAnswer
  } catch {
    return emptyAnswer
  }
}

/** What is typed about this plan stays through a reload of this tab, and until it is sent. */
export function useTypedHere(
  turned: TurnedScreen,
): readonly [TypedAnswer, (typed: TypedAnswer) => void] {
  const [typed, setTyped] = useState(() => typedHere(turned))
  const type = (next: TypedAnswer) => {
    setTyped(next)
    try {
      sessionStorage.setItem(typedKey, JSON.stringify({ ...next, plan: turned.plan }))
    } catch {
      // it stays in memory
    }
  }
  return [typed, type]
}

function forgetTyped(): void {
  try {
    sessionStorage.removeItem(typedKey)
  } catch {
    // nothing was stored
  }
}
