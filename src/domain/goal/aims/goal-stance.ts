import type { Extension, Goal as FhirGoal } from '@medplum/fhirtypes'
import { gableUrl, hl7Extension } from '#domain/fhir/codes.ts'
import { given, referenceTo, whoFrom } from '#domain/fhir/references-and-extensions.ts'
import type { Who } from '#domain/plan/plan.ts'

/**
 * Whether somebody accepts a goal, and why not: HL7’s extension `goal-acceptance`, with `goal-reasonRejected` beside
 * the answer it explains.
 */
export type GoalStance = Readonly<{
  by: Who
  accepts: boolean
  reason: string
  /** instant, by the service’s clock */
  at?: string
  /** the words of the goal that it was said about, as the service knows them */
  words?: string
  /** the professional who wrote it down for the person */
  writtenDownBy?: Who
}>

const acceptanceUrl = hl7Extension('goal-acceptance')
const reasonUrl = hl7Extension('goal-reasonRejected')
const atUrl = gableUrl('acceptance-at')
const wordsUrl = gableUrl('acceptance-words')
const helperUrl = gableUrl('supported-by')

const part = (extension: Extension, url: string) =>
  extension.extension?.find((each) => each.url === url)

const isAcceptance = (extension: Extension) => extension.url === acceptanceUrl
const individualOf = (extension: Extension) => part(extension, 'individual')?.valueReference

export function stancesFrom(goal: FhirGoal): readonly GoalStance[] {
  return (goal.extension ?? []).filter(isAcceptance).flatMap((extension) => {
    const by = whoFrom(individualOf(extension))
    const status = part(extension, 'status')?.valueCode
    if (!by || (status !== 'agree' && status !== 'disagree')) return []
    return [
      {
        by,
        accepts: status === 'agree',
        reason: part(extension, reasonUrl)?.valueCodeableConcept?.text ?? '',
        ...given('at', part(extension, atUrl)?.valueDateTime),
        ...given('words', part(extension, wordsUrl)?.valueString),
        ...given('writtenDownBy', whoFrom(part(extension, helperUrl)?.valueReference)),
      },
    ]
  })
}

function extensionOfStance(stance: GoalStance): Extension {
  const { by, accepts, reason, at, words, writtenDownBy } = stance
  return {
    url: acceptanceUrl,
    extension: [
      { url: 'individual', valueReference: referenceTo(by) },
      { url: 'status', valueCode: accepts ? 'agree' : 'disagree' },
      ...(reason ? [{ url: reasonUrl, valueCodeableConcept: { text: reason } }] : []),
      ...(at ? [{ url: atUrl, valueDateTime: at }] : []),
      ...(words ? [{ url: wordsUrl, valueString: words }] : []),
      ...(writtenDownBy ? [{ url: helperUrl, valueReference: referenceTo(writtenDownBy) }] : []),
    ],
  }
}

/** An answer to words that the goal does not have any more; to be asked again, and not to be counted as a yes. */
export const isAboutOtherWords = ({ words, at }: GoalStance, goal: Answered): boolean =>
  words === undefined
    ? at !== undefined && goal.written !== undefined && goal.written.at > at
    : words !== goal.words

type Answered = Readonly<{ words: string; written?: Readonly<{ at: string }> }>

/** The goal with this answer in the place of the same person’s last one; all others stay as they are. */
export function withStance<G extends FhirGoal>(goal: G, stance: GoalStance): G {
  const others = (goal.extension ?? []).filter(
    (each) => !isAcceptance(each) || individualOf(each)?.reference !== stance.by.reference,
  )
  return { ...goal, extension: [...others, extensionOfStance(stance)] }
}

/** Thrown if a writer would answer for somebody else, or remove somebody else’s answer. */
export class StanceOfAnotherError extends Error {
  override name = 'StanceOfAnother'
}

type StanceWriter = Readonly<{ names: readonly string[]; who: Who; at: string }>

/**
 * The goal as it is stored: each answer is its giver’s own. A professional may write down what the person says, and is
 * named; the service sets the time. Throws `StanceOfAnotherError`.
 */
export function keptStances<G extends FhirGoal>(
  after: G,
  before: FhirGoal | undefined,
  writer: StanceWriter,
): G {
  const existing = new Map(acceptancesOf(before).map((each) => [nameIn(each), each]))
  const named = new Set<string>()
  const answers = acceptancesOf(after).map((each) => {
    const name = nameIn(each)
    if (named.has(name)) throw new StanceOfAnotherError()
    named.add(name)
    const same = existing.get(name)
    if (same && inOrder(same) === inOrder(each)) return each
    return extensionOfStance(stanceOfWriter(after, each, writer))
  })
  for (const name of existing.keys())
    if (!named.has(name) && !writer.names.includes(name)) throw new StanceOfAnotherError()
  if (answers.length === 0) return after
  const others = (after.extension ?? []).filter((each) => !isAcceptance(each))
  return { ...after, extension: [...others, ...answers] }
}

/**
 * The same for a goal from a file: what stands here stays, and an answer that is new names whoever brought it, unless it
 * is their own.
 */
export function broughtStances<G extends FhirGoal>(
  after: G,
  before: FhirGoal | undefined,
  { names, who }: StanceWriter,
): G {
  const standing = acceptancesOf(before)
  const known = new Set(standing.map(nameIn))
  const brought = stancesFrom(after)
    .filter(({ by }) => !known.has(by.reference))
    .map((stance) => {
      const isOwn = names.includes(stance.by.reference) || who.reference === ''
      return extensionOfStance(isOwn ? stance : { ...stance, writtenDownBy: who })
    })
  if (acceptancesOf(after).length + standing.length === 0) return after
  const others = (after.extension ?? []).filter((each) => !isAcceptance(each))
  return { ...after, extension: [...others, ...standing, ...brought] }
}

const acceptancesOf = (goal: FhirGoal | undefined) => (goal?.extension ?? []).filter(isAcceptance)
const nameIn = (extension: Extension) => individualOf(extension)?.reference ?? ''

/** The same whatever the order of the keys: a database changes it. */
const inOrder = (extension: Extension) =>
  JSON.stringify(extension, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )

function stanceOfWriter(goal: FhirGoal, extension: Extension, writer: StanceWriter): GoalStance {
  const [said] = stancesFrom({ ...goal, extension: [extension] })
  if (!said) throw new StanceOfAnotherError()
  const words = goal.description?.text ?? ''
  const { writtenDownBy: _claimed, ...stance } = { ...said, at: writer.at, words }
  if (writer.names.includes(said.by.reference))
    return { ...stance, by: { ...said.by, name: writer.who.name } }
  const isForPatient = said.by.reference === goal.subject.reference
  if (writer.who.voice !== 'professional' || !isForPatient) throw new StanceOfAnotherError()
  return { ...stance, writtenDownBy: writer.who }
}
