import type { RuleFigures } from './rule-figures.ts'
import { type RuleLine, ruleFault, sameLines } from './rule-lines.ts'
import {
  isRuleDraft,
  lookedAtEnough,
  type RuleHand,
  type RuleVerdict,
  type RuleVersion,
} from './rule-version.ts'

/** Why a step cannot be made. */
export type RuleRefusal =
  | 'not-a-draft'
  | 'not-ready'
  | 'not-tried'
  | 'not-looked-at'
  | 'not-in-sample'
  | 'words-missing'
  | 'not-asked'
  | 'own-rule'
  | 'day-past'
  | 'not-running'

export type RuleStep = RuleVersion | RuleRefusal
export const isRuleRefusal = (step: RuleStep): step is RuleRefusal => typeof step === 'string'

type Act = Readonly<{ by: RuleHand; at: string }>
const next = (version: RuleVersion): RuleVersion => ({ ...version, edit: version.edit + 1 })
const omit = <T extends object, K extends keyof T>(value: T, ...names: readonly K[]): Omit<T, K> =>
  Object.fromEntries(
    Object.entries(value).filter(([name]) => !(names as readonly string[]).includes(name)),
  ) as Omit<T, K>

/** Writes in a draft. Other lines have not been tried, and nobody is asked about them any more; verdicts stay. */
export function writeRule(
  version: RuleVersion,
  { name, lines }: Readonly<{ name: string; lines: readonly RuleLine[] }>,
  { by, at }: Act,
): RuleStep {
  if (!isRuleDraft(version)) return 'not-a-draft'
  const isSame = sameLines(version.lines, lines)
  const written = { ...next(version), name, lines, savedAt: at, writers: withHand(version, by) }
  return isSame && name === version.name ? version : omitAnswers(written, isSame)
}

/** A new name asks again, a new sentence is tried again. */
const omitAnswers = (version: RuleVersion, isSame: boolean): RuleVersion =>
  isSame ? omit(version, 'asked') : omit(version, 'asked', 'tried')

const withHand = ({ writers }: RuleVersion, by: RuleHand) =>
  writers.some(({ agent }) => agent === by.agent) ? writers : [...writers, by]

/** Keeps what a trial found, and asks nobody any more if other people were drawn. No edit: nothing was written. */
export function noteTrial(version: RuleVersion, figures: RuleFigures, { by, at }: Act): RuleStep {
  if (!isRuleDraft(version)) return 'not-a-draft'
  if (ruleFault(version.lines)) return 'not-ready'
  const tried = { ...version, tried: { by, at, figures } }
  return lookedAtEnough(tried) ? tried : omit(tried, 'asked')
}

/** Right person or not, with words for a no. No edit either: somebody may be writing meanwhile. */
export function judgePerson(
  version: RuleVersion,
  { person, right, words }: Pick<RuleVerdict, 'person' | 'right' | 'words'>,
  { by, at }: Act,
): RuleStep {
  if (!isRuleDraft(version)) return 'not-a-draft'
  if (!version.tried?.figures.sample.includes(person)) return 'not-in-sample'
  if (!right && words.trim() === '') return 'words-missing'
  const others = version.looked.filter((each) => each.person !== person)
  return { ...version, looked: [...others, { person, right, words: words.trim(), by, at }] }
}

/** Asks a second person to agree that it runs from a day. */
export function askToAgree(
  version: RuleVersion,
  { of, from, today }: Readonly<{ of?: RuleHand; from: string; today: string }>,
  { by, at }: Act,
): RuleStep {
  if (!isRuleDraft(version)) return 'not-a-draft'
  if (!version.tried) return 'not-tried'
  if (!lookedAtEnough(version)) return 'not-looked-at'
  if (from < today) return 'day-past'
  return { ...omit(next(version), 'refused'), asked: { by, at, from, ...(of ? { of } : {}) } }
}

/** Nobody who wrote in it or asked about it can agree to it. From the day that was asked for, or today if that is past. */
export function agreeToRule(version: RuleVersion, today: string, { by, at }: Act): RuleStep {
  const fault = answerFault(version, by)
  if (fault) return fault
  const asked = version.asked?.from ?? today
  return { ...next(version), agreed: { by, at, from: asked < today ? today : asked } }
}

/** A no with its reason: the version is a draft again. */
export function refuseRule(version: RuleVersion, why: string, { by, at }: Act): RuleStep {
  const fault = answerFault(version, by)
  if (fault) return fault
  if (why.trim() === '') return 'words-missing'
  return { ...omit(next(version), 'asked'), refused: { by, at, why: why.trim() } }
}

function answerFault(version: RuleVersion, by: RuleHand): RuleRefusal | undefined {
  if (!isRuleDraft(version)) return 'not-a-draft'
  if (!version.asked) return 'not-asked'
  const isOwn =
    version.asked.by.agent === by.agent || version.writers.some(({ agent }) => agent === by.agent)
  return isOwn ? 'own-rule' : undefined
}

/** Anybody who may write rules can stop one at once, with a reason. */
export function switchOffRule(version: RuleVersion, why: string, { by, at }: Act): RuleStep {
  if (!version.agreed || version.off) return 'not-running'
  if (why.trim() === '') return 'words-missing'
  return { ...next(version), off: { by, at, why: why.trim() } }
}
