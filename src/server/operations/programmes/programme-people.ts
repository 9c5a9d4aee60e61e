import { isStaff } from '#domain/access/actor.ts'
import { given } from '#domain/fhir/references-and-extensions.ts'
import { fidelityOf, isLongWithoutContact } from '#domain/programme/fidelity.ts'
import type { Programme } from '#domain/programme/programme.ts'
import type { ProgrammeEntry } from '#domain/programme/programme-entry.ts'
import { programmePeople } from '#domain/programme/programme-parameters.ts'
import { noteShown } from '#server/http/request-context.ts'
import type { Operation } from '#server/operations/operation.ts'
import { forbidden, notFound } from '#server/problem.ts'
import { doneFacts, nothingDone } from './done-facts.ts'
import { entryRows } from './entry-rows.ts'
import { definedThen, storedProgramme } from './stored-programmes.ts'

/** Who is or was in a programme, of the people whom the caller may see, with what was really done for each. */
export const programmePeopleOperation: Operation = {
  name: 'programme-people',
  on: 'instance',
  type: 'PlanDefinition',
  changes: false,
  purpose:
    'The people who were invited to a programme or are in it, whom the caller may see: each step, and what was really done of what it plans; for professionals and administrators',
  async run(call) {
    const { actor, context, id = '', today } = call
    if (!isStaff(actor) && actor.role !== 'admin')
      throw forbidden('Only people who care for others see who is in a programme')
    const stored = await storedProgramme(context.service.store, id)
    if (!stored) throw notFound()
    const reading = { sql: call.sql, scope: call.scope, now: call.now, zone: context.zone }
    const rows = (await entryRows(reading)).filter(({ entry }) => entry.programme === id)
    const facts = await doneFacts(
      reading,
      rows.map(({ kept }) => kept),
    )
    await noteShown(
      context,
      rows.map(({ group }) => group),
      '$programme-people',
    )
    const asDefined = await definedThen(
      context.service.sql,
      rows.map(({ entry }) => entry),
      [stored],
    )
    return programmePeople.write({
      programme: stored.definition,
      people: rows.map(({ group, entry, leftOut, kept, ...who }) => ({
        ...{ id: kept, ...who, entry: group, ...given('leftOut', leftOut) },
        fidelity: shownFidelity((asDefined(entry) ?? stored).programme, entry, {
          facts: facts.get(kept) ?? nothingDone,
          today,
        }),
      })) as never,
    })
  },
}

/** With whether so much time has passed without contact that somebody asks whether it ends. */
export function shownFidelity(
  programme: Programme,
  entry: ProgrammeEntry,
  about: Parameters<typeof fidelityOf>[2],
) {
  const fidelity = fidelityOf(programme.contents, entry, about)
  if (!fidelity) return undefined
  const { lastContact, ...rest } = fidelity
  const { today } = about
  const isLong =
    entry.steps.at(-1)?.kind !== 'ended' &&
    isLongWithoutContact({ lastContact }, entry, { months: programme.monthsWithoutContact, today })
  return {
    ...rest,
    ...(lastContact ? { lastContact } : {}),
    ...(isLong ? { longWithoutContact: true } : {}),
  }
}
