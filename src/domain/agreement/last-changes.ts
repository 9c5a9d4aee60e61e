import type { Provenance } from '@medplum/fhirtypes'
import { gableCodeSystem } from '#domain/fhir/codes.ts'
import { id, parameters } from '#domain/fhir/parameters.ts'
import { howItGoesKinds } from '#domain/plan/plan.ts'
import { answerCodes } from './fhir.ts'

/** The input of `$last-changes`. */
export const lastChangesRequest = parameters({ patient: id })

/** Codes of events that are shown one by one: answers to the plan, and changes of who can see the person and of their home. */
export const shownEach: readonly string[] = [...answerCodes, 'change-access', 'change-home']

/** Codes of a yes, whole or in part. */
export const yesCodes: readonly string[] = ['agree', 'agree-in-part']

/** Codes of events that leave the words of a record as they were: what was said before is not looked up from them. */
export const wordlessCodes: readonly string[] = howItGoesKinds

/** The paths in a Provenance, as JSON, that say who did it. */
export const actorPath: readonly string[] = ['agent', '0', 'who', 'reference']

const codesOf = ({ activity }: Provenance) =>
  (activity?.coding ?? []).flatMap(({ system, code }) =>
    system === gableCodeSystem && code ? code : [],
  )

/** What waits on a device to be sent has no time of storage yet. */
const arrival = ({ meta }: Provenance) =>
  Date.parse(meta?.lastUpdated ?? '') || Number.POSITIVE_INFINITY

const byText = (one: string, other: string) => (one < other ? -1 : Number(one > other))

/**
 * The part of a plan’s whole history that its pages show, so that a plan opens as fast after a thousand saves: every
 * answer, every change of access, and for each record the last event of each kind by each person, and the first since
 * the person last agreed, which gives the earlier text.
 */
export function lastChanges(
  provenances: readonly Provenance[],
  person: string,
): readonly Provenance[] {
  const changes = provenances.filter((each) => codesOf(each).length > 0)
  const each = changes.filter((one) => codesOf(one).some((code) => shownEach.includes(code)))
  const yes = changes.filter(
    (one) =>
      codesOf(one).some((code) => yesCodes.includes(code)) && doerOf(one) === `Patient/${person}`,
  )
  const agreed = Math.max(Number.NEGATIVE_INFINITY, ...yes.map(arrival))
  const inOrder = changes.toSorted((one, other) => byText(one.recorded, other.recorded))
  const last = new Map<string, Provenance>()
  const first = new Map<string, Provenance>()
  for (const one of inOrder) {
    for (const record of recordsOf(one)) {
      last.set(JSON.stringify([record, doerOf(one), codesOf(one)[0]]), one)
      if (arrival(one) > agreed && !first.has(record) && !isWordless(one)) first.set(record, one)
    }
  }
  return [...new Set([...each, ...last.values(), ...first.values()])]
}

const isWordless = (one: Provenance) => wordlessCodes.includes(codesOf(one)[0] ?? '')

const doerOf = ({ agent }: Provenance) => agent[0]?.who?.reference

const recordsOf = ({ target }: Provenance) =>
  target.flatMap(({ reference }) => reference?.split('/').slice(0, 2).join('/') ?? [])
