import type { BundleEntry, EpisodeOfCare } from '@medplum/fhirtypes'
import { queryOptions } from '@tanstack/react-query'
import { clockToday, now } from '#client/clock.ts'
import { allRecords } from '#client/fhir/all-records.ts'
import { noteChangeEvent } from '#client/fhir/change-events.ts'
import { createEntry, fhir, updateEntry } from '#client/fhir/fhir-client.ts'
import { FhirError } from '#client/fhir/fhir-error.ts'
import { acceptedEntries } from '#client/queries/coordination/referrals.ts'
import { useSession } from '#client/session/session.ts'
import { whoAmI } from '#client/session/who-am-i.ts'
import { type Case, listedCase, standingCase } from '#domain/case/case.ts'
import { caseFromFhir, caseToFhir, firstTeam } from '#domain/case/fhir.ts'
import { given } from '#domain/fhir/references-and-extensions.ts'
import { personFromFhir } from '#domain/person/fhir.ts'
import type { Referral } from '#domain/referral/referral.ts'

const kinds = ['EpisodeOfCare', 'CareTeam']

/** Somebody looks after the person already. */
export class AlreadyTakenOn extends Error {
  readonly caseId: string
  readonly coordinator: string

  constructor(standing: Case | undefined) {
    const coordinator = standing?.coordinator?.name ?? ''
    super(`The person is already taken on${coordinator ? ` by ${coordinator}` : ''}`)
    this.name = 'AlreadyTakenOn'
    this.caseId = standing?.id ?? ''
    this.coordinator = coordinator
  }
}

/** Every case of a person, newest first. */
export const casesQuery = (person: string) =>
  queryOptions({
    queryKey: ['cases', person],
    queryFn: async ({ signal }) => (await episodesOf(person, signal)).map(caseFromFhir),
    meta: { kinds },
  })

async function episodesOf(person: string, signal: AbortSignal): Promise<readonly EpisodeOfCare[]> {
  const found = await allRecords('EpisodeOfCare', { patient: `Patient/${person}` }, signal)
  return found.toSorted((one, other) => startOf(other).localeCompare(startOf(one)))
}

const startOf = (episode: EpisodeOfCare) => episode.period?.start ?? ''

/**
 * Takes the person on: the case and its team in one transaction, with the signed-in user as coordinator, and with the
 * answer to the referral that asked for it. Rejects with `AlreadyTakenOn` if there is a case, also when a colleague
 * takes the person on at the same moment, and with `AlreadyAnswered` if the referral was answered.
 */
export async function takeOnPatient(
  person: string,
  referral?: Referral,
): Promise<{ caseId: string }> {
  const { family = '', given = '' } = personFromFhir(
    await fhir.read('Patient', person),
    clockToday(),
  )
  const answered = referral ? await acceptedEntries(referral) : []
  const decision = { state: 'open', ...(referral ? { referral: referral.requestId } : {}) } as const
  return await decideOn(person, decision, (found) => {
    const name = `${given} ${family}`.trim()
    return [createEntry(firstTeam(found, whoAmI(person), name)), ...answered]
  })
}

async function decideOn(
  person: string,
  decision: Pick<Case, 'state' | 'reason' | 'until' | 'referral'>,
  also: (found: Case) => readonly BundleEntry[],
): Promise<{ caseId: string }> {
  const episodes = await episodesOf(person, new AbortController().signal)
  const cases = episodes.map(caseFromFhir)
  const standing = standingCase(cases)
  if (standing) throw new AlreadyTakenOn(standing)
  const at = now().toISOString()
  const id = listedCase(cases)?.id ?? (await idOfNext(person, cases.length))
  const onto = episodes.find((each) => each.id === id)
  const organisation = useSession.getState().actor?.organisation
  const found: Case = {
    ...{ id, person, coordinator: whoAmI(person), since: at, ...decision },
    ...(organisation ? { organisation } : {}),
    ...given('after', cases.find(({ state }) => state === 'closed')?.id),
  }
  const episode = caseToFhir(found, at, onto)
  try {
    await fhir.transaction([onto ? updateEntry(episode) : createEntry(episode), ...also(found)])
  } catch (error) {
    throw error instanceof FhirError && error.kind === 'stale' ? await whoWasFirst(person) : error
  }
  await noteChangeEvent(kinds)
  return { caseId: id }
}

async function whoWasFirst(person: string): Promise<AlreadyTakenOn> {
  const episodes = await episodesOf(person, new AbortController().signal)
  return new AlreadyTakenOn(standingCase(episodes.map(caseFromFhir)))
}

/** The same id for everyone who decides at the same moment, so that only one of them can be first. */
async function idOfNext(person: string, before: number): Promise<string> {
  const text = new TextEncoder().encode(`case/${person}/${before}`)
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', text))
  const hex = [...hash.slice(0, 16)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return `case-${hex}`
}
