import { builtInMeasures } from './built-in-measures.ts'
import type { BuiltInMeasure } from './measure-definition.ts'
import {
  type MeasureDefinition,
  type MeasureProposal,
  mostMeasures,
  type PartnerAnswer,
} from './measure-definition.ts'

/** Why a step is not possible. */
export type MeasureRefusal =
  | 'asked-already'
  | 'agreed-already'
  | 'not-agreed'
  | 'not-asked'
  | 'too-many'
  | 'not-yours'

type Step = Readonly<{ changed: readonly MeasureDefinition[] }> | MeasureRefusal

export const isMeasureRefusal = (step: Step): step is MeasureRefusal => typeof step === 'string'

type Asking = Pick<MeasureProposal, 'by' | 'on' | 'why'> &
  Readonly<{
    /** who asks says yes for their own organisation, if they answer for one */
    yes: PartnerAnswer | undefined
  }>

const latest = (all: readonly MeasureDefinition[], id: string) =>
  all
    .filter((each) => each.id === id)
    .toSorted((one, other) => Number(other.version) - Number(one.version))[0]

/** Asks all partners to show a measure, or an agreed one with another target: that is its next version. */
export function askToAdd(
  all: readonly MeasureDefinition[],
  { id, target }: Readonly<{ id: BuiltInMeasure; target: number | undefined }>,
  asking: Asking,
): Step {
  const before = latest(all, id)
  if (before?.proposal) return 'asked-already'
  if (before?.state === 'agreed' && before.target === target) return 'agreed-already'
  const isNew = before?.state !== 'agreed'
  const shown = all.filter(({ state }) => state !== 'dropped').map((each) => each.id)
  if (isNew && new Set(shown).size >= mostMeasures) return 'too-many'
  const place = Math.max(0, ...all.map((each) => each.place)) + 1
  return {
    changed: [
      {
        ...{ ...builtInMeasures[id], id, builtIn: id, target, state: 'proposed' },
        version: String(Number(before?.version ?? 0) + 1),
        place: isNew ? place : (before?.place ?? place),
        ...{ agreedOn: undefined, agreedBy: [] },
        proposal: proposalOf('add', asking),
      },
    ],
  }
}

/** Asks all partners to show a measure no longer. */
export function askToDrop(all: readonly MeasureDefinition[], id: string, asking: Asking): Step {
  const agreed = all.find((each) => each.id === id && each.state === 'agreed')
  if (!agreed) return 'not-agreed'
  if (latest(all, id)?.proposal) return 'asked-already'
  return { changed: [{ ...agreed, proposal: proposalOf('drop', asking) }] }
}

const proposalOf = (kind: 'add' | 'drop', { by, on, why, yes }: Asking): MeasureProposal => ({
  ...{ kind, by, on, why },
  answers: yes ? [yes] : [],
})

type TakingBack = Readonly<{ by: string; organisation: string | undefined }>

/**
 * Who asked takes it back: a measure that was to be added is dropped, one that was to be dropped stays. A manager’s
 * question stands with the yes of their organisation, so that a namesake of another is told apart.
 */
export function takeBackAsk(
  all: readonly MeasureDefinition[],
  id: string,
  { by, organisation }: TakingBack,
): Step {
  const asked = all.find((each) => each.id === id && each.proposal)
  if (!asked?.proposal) return 'not-asked'
  const asker = asked.proposal.answers.find((each) => each.by === asked.proposal?.by)
  if (asked.proposal.by !== by || asker?.organisation !== organisation) return 'not-yours'
  const state = asked.state === 'proposed' ? 'dropped' : asked.state
  return { changed: [{ ...asked, state, proposal: undefined }] }
}

/**
 * One partner’s answer, in place of an earlier one. With the yes of every partner it is settled: the day is that of the last yes, and an
 * earlier version of the same measure is no longer used. A no leaves it open, for all to see.
 */
export function answerAsk(
  all: readonly MeasureDefinition[],
  id: string,
  { answer, partners }: Readonly<{ answer: PartnerAnswer; partners: readonly string[] }>,
): Step {
  const asked = all.find((each) => each.id === id && each.proposal)
  if (!asked?.proposal) return 'not-asked'
  const others = asked.proposal.answers.filter(
    ({ organisation }) => organisation !== answer.organisation,
  )
  const proposal = { ...asked.proposal, answers: [...others, answer] }
  const isSettled = partners.every((partner) =>
    proposal.answers.some(({ organisation, yes }) => organisation === partner && yes),
  )
  if (!isSettled) return { changed: [{ ...asked, proposal }] }
  if (proposal.kind === 'drop')
    return { changed: [{ ...asked, state: 'dropped', proposal: undefined }] }
  const earlier = all.filter((each) => each.id === id && each.state === 'agreed')
  return {
    changed: [
      {
        ...{ ...asked, state: 'agreed', proposal: undefined },
        agreedOn: answer.on,
        agreedBy: proposal.answers.filter(({ organisation }) => partners.includes(organisation)),
      },
      ...earlier.map((each) => ({ ...each, state: 'dropped' as const })),
    ],
  }
}
