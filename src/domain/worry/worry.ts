import type { Observation } from '@medplum/fhirtypes'
import { idIn, ownCode, referenceTo, whoFrom } from '#domain/fhir/references-and-extensions.ts'
import type { Who } from '#domain/plan/plan.ts'
import { isWorry, worryCode } from './is-worry.ts'

/** 0 is not worried at all, 10 is as worried as somebody can be. Our own scale, and not a clinical score. */
export const mostWorry = 10
export const longestWorryWords = 2000

export type Worry = Readonly<{
  id: string
  person: string
  score: number
  words: string
  by: Who
  /** instant */
  at: string
}>

export const isWorryScore = (score: number | undefined): score is number =>
  score !== undefined && Number.isInteger(score) && score >= 0 && score <= mostWorry

export function worryToFhir({ id, person, score, words, by, at }: Worry): Observation & {
  id: string
} {
  const said = words.trim()
  return {
    ...{ resourceType: 'Observation', id, status: 'final' },
    // who may write a reading may say this
    category: [ownCode('reading')],
    code: { ...ownCode(worryCode), text: 'How worried, from 0 to 10' },
    subject: { reference: `Patient/${person}` },
    ...{ performer: [referenceTo(by)], effectiveDateTime: at, valueInteger: score },
    ...(said ? { note: [{ text: said }] } : {}),
  }
}

/** Undefined for what is no worry, has no score or nobody who said it, or was marked as an error. */
export function worryFromFhir(observation: Observation): Worry | undefined {
  const { valueInteger: score, effectiveDateTime: at, performer, note } = observation
  const by = whoFrom(performer?.[0])
  const isSaid = isWorry(observation) && observation.status === 'final'
  if (!isSaid || !isWorryScore(score) || !by || !at) return undefined
  return {
    ...{ id: observation.id ?? '', person: idIn(observation.subject?.reference) },
    ...{ score, by, at, words: note?.[0]?.text ?? '' },
  }
}

const sideOf = ({ by }: Worry) => (by.voice === 'professional' ? 'team' : by.reference)
const sides = ['professional', 'carer', 'person']

/** What each side said last: one for all the staff, one for each carer, one for the person. */
export function latestWorries(worries: readonly Worry[]): readonly Worry[] {
  const latest = new Map<string, Worry>()
  for (const each of worries.toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at)))
    latest.set(sideOf(each), each)
  return [...latest.values()].toSorted(
    (one, other) => sides.indexOf(one.by.voice) - sides.indexOf(other.by.voice),
  )
}

export type WorryDifference = Readonly<{ ours: number; their: Worry }>

/** Where the person or a carer says another number than the staff. Nothing if the staff have said none. */
export function worryDifferences(latest: readonly Worry[]): readonly WorryDifference[] {
  const ours = latest.find(({ by }) => by.voice === 'professional')?.score
  if (ours === undefined) return []
  return latest
    .filter(({ by, score }) => by.voice !== 'professional' && score !== ours)
    .map((their) => ({ ours, their }))
}
