import type { WeightInput } from './caseload-weight.ts'

type SharedPerson = Readonly<{ id: string; weight: number; inputs: readonly WeightInput[] }>
type Colleague = Readonly<{ who: string; weight: number }>

type Facts = Readonly<{
  /** weight of the caseload that people are taken from */
  weight: number
  people: readonly SharedPerson[]
  /** those who are here, without whoever hands over */
  colleagues: readonly Colleague[]
  /** they leave: everybody goes */
  isLeaving: boolean
}>

/** Who could take over whom. Whoever is asked decides: nothing is handed over by it. */
export type ShareProposal = Readonly<Record<string, string>>

/** Somebody in hospital, or with an open alert, stays with whoever knows them, as long as that is possible. */
const keeps: readonly WeightInput[] = ['in-hospital', 'alert']

/**
 * A fair share by weight: always the heaviest person to the colleague who has least by then. Whoever leaves gives everybody; whoever
 * has too much gives people only as long as it makes the fuller of the two caseloads smaller, and keeps those who need somebody now.
 * Our own way of sharing, from weights that are our own choice: a proposal, to be changed person by person.
 * @unverified caseload-weight
 */
export function fairShare({ weight, people, colleagues, isLeaving }: Facts): ShareProposal {
  const loads = new Map(colleagues.map((each) => [each.who, each.weight]))
  const proposal: Record<string, string> = {}
  let left = weight
  const movable = isLeaving
    ? people
    : people.filter(({ inputs }) => !inputs.some((each) => keeps.includes(each)))
  for (const person of movable.toSorted((one, other) => other.weight - one.weight)) {
    const [lightest] = [...loads].toSorted(([, one], [, other]) => one - other)
    if (!lightest) return {}
    const [who, load] = lightest
    if (!isLeaving && load + person.weight >= left) continue
    proposal[person.id] = who
    loads.set(who, load + person.weight)
    left -= person.weight
  }
  return proposal
}
