import type { Basic } from '@medplum/fhirtypes'
import { isStaff } from '#domain/access/actor.ts'
import { closedAs } from '#domain/access/labels/closed-as.ts'
import { isWholeDay } from '#domain/calendar/days.ts'
import { dayOf } from '#domain/calendar/zone.ts'
import {
  agreedOn,
  type CarePackage,
  carePackageFromFhir,
  carePackageToFhir,
  type MissedVisit,
  missedVisitRequest,
  visitsOn,
} from '#domain/social-care/care-package.ts'
import { writerOf } from '#server/agreement/own-words.ts'
import { keepRecords } from '#server/carer/keep-records.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { withinRecord } from '#server/interactions/record-transaction.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation } from '#server/operations/operation.ts'
import { forbidden, notFound } from '#server/problem.ts'
import { asWritten, keptRecord, lockSocialCare, unsound } from '#server/social-care/kept-records.ts'
import { mustBeNamed } from '#server/social-care/must-be-named.ts'
import { everyone } from '#server/store/access/access-scope.ts'

const way = '$missed-visit'

/**
 * Keeps that a visit of a package of care did not happen: said by the person, by a carer who may write in support, or
 * by a professional named in the care. A named professional says what was done about it.
 */
export const missedVisitOperation: Operation = {
  name: 'missed-visit',
  on: 'instance',
  type: 'Patient',
  changes: true,
  purpose:
    'Keeps that a visit of a package of care did not happen: package, id (made by the client), visit, on, words; or with settles (the id of one) what was done about it (words); returns the package',
  async run(call) {
    const { context, id: person = '', today } = call
    const asked = askedParameters(call, missedVisitRequest)
    return await withinRecord(
      context,
      async (inside) => {
        await mayTell(inside, person, asked.settles !== '')
        await lockSocialCare(inside, person)
        const kept = await keptRecord(inside, { kind: 'care-package', id: asked.package, person })
        const standing = kept && carePackageFromFhir(kept)
        if (!kept || !standing) throw notFound()
        const next = asked.settles
          ? settled(inside, standing, asked)
          : told(inside, standing, {
              ...{ ...asked, today, were: await packagesOn(inside, standing, asked.on) },
            })
        if (!next) return kept
        const record = closedAs(kept, carePackageToFhir({ ...standing, missed: next }))
        await keepRecords(inside, [record], { person, way })
        return asWritten(record, standing.version + 1, kept)
      },
      person,
    )
  },
}

async function mayTell(context: RequestContext, person: string, settles: boolean): Promise<void> {
  const { actor, accessScope } = context
  if (isStaff(actor) || settles) return await mustBeNamed(context, person)
  if (actor.person === person) return
  if (accessScope.shared.get(person)?.write.includes('support')) return
  throw forbidden('Only the person, who may write in support, and the team say that nobody came')
}

type Missed = CarePackage['missed']

type Telling = MissedVisit & Readonly<{ today: string; were: readonly CarePackage[] }>

/** The package as it was agreed at any time of that day: a change since then takes no visit away to which nobody came. */
async function packagesOn(
  { service, zone }: RequestContext,
  standing: CarePackage,
  on: string,
): Promise<readonly CarePackage[]> {
  if (standing.changes.every(({ at }) => dayOf(at, zone) < on)) return [standing]
  const found = [standing]
  for (let version = standing.version - 1; version > 0; version -= 1) {
    const kept = await service.store.readVersion('Basic', standing.id, version, everyone)
    const before = kept?.resource && carePackageFromFhir(kept.resource as Basic)
    if (before) found.push(before)
  }
  return agreedOn(found, on, (at) => dayOf(at, zone))
}

/** Undefined for a retry. */
function told(
  context: RequestContext,
  standing: CarePackage,
  { id, visit, on, words, today, were }: Telling,
): Missed | undefined {
  const { missed, person } = standing
  if (!/^[A-Za-z0-9\-.]{1,64}$/.test(id)) throw unsound('Give it an id', 'id')
  if (missed.some((each) => each.id === id)) return undefined
  if (!isWholeDay(on) || on > today) throw unsound('Say on which day nobody came', 'on')
  if (!were.some((each) => visitsOn(each, on).some(({ id: one }) => one === visit)))
    throw unsound('There was no such visit to be on that day', 'visit')
  if (missed.some((each) => each.visit === visit && each.on === on))
    throw unsound('This visit is written down as missed already', 'visit')
  const { who } = writerOf(context, person)
  const by = { reference: who.reference, name: who.name }
  return [...missed, { id, visit, on, words: words.trim(), by, at: context.now.toISOString() }]
}

function settled(
  context: RequestContext,
  { missed, person }: CarePackage,
  { settles, words }: MissedVisit,
): Missed | undefined {
  const found = missed.find(({ id }) => id === settles)
  if (!found) throw notFound()
  if (found.settled) {
    if (found.settled.words === words.trim()) return undefined
    throw unsound('It is written down already what was done about this visit', 'settles')
  }
  if (words.trim() === '') throw unsound('Say what was done about it', 'words')
  const by = writerOf(context, person).who.name
  const done = { words: words.trim(), by, at: context.now.toISOString() }
  return missed.map((each) => (each.id === settles ? { ...each, settled: done } : each))
}
