import type { Practitioner } from '@medplum/fhirtypes'
import { type Actor, isStaff } from '#domain/access/actor.ts'
import { nameInWords } from '#domain/person/shown-name.ts'
import type { Who } from '#domain/plan/plan.ts'
import { isWithinPeriod } from '#server/auth/record-match.ts'
import { rolesIn, type StaffRole } from '#server/cover/kept-absences.ts'
import type { OperationCall } from '#server/operations/operation.ts'
import { forbidden } from '#server/problem.ts'
import { storedRecord } from '#server/store/stored-json.ts'

type Asking = Pick<OperationCall, 'actor' | 'context' | 'now' | 'today'>

/** Professionals and managers of an organisation; programs, persons, carers and administrators arrange no cover. Throws 403. */
export function mustArrangeCover(actor: Actor): string {
  const isProfessional = isStaff(actor) && actor.role !== 'program' && actor.practitioner
  if ((!isProfessional && actor.role !== 'manager') || !actor.organisation)
    throw forbidden('Only professionals and managers of an organisation arrange who covers')
  return actor.organisation
}

/** Throws 403 for everybody but professionals. */
export function mustBeCoworker(actor: Actor): Readonly<{ organisation: string; me: string }> {
  const organisation = mustArrangeCover(actor)
  if (!actor.practitioner) throw forbidden('Only professionals see the people whom somebody covers')
  return { organisation, me: `Practitioner/${actor.practitioner}` }
}

/** Somebody who works here today, with their roles here. */
export type StaffHere = Readonly<{ who: Who; role: string; roles: readonly StaffRole[] }>

/** Everybody who cares for people in this organisation today, by name. */
export async function staffHere(
  { context, now, today }: Asking,
  organisation: string,
): Promise<readonly StaffHere[]> {
  const clock = { now, zone: context.zone }
  const held = (await rolesIn(context, organisation)).filter(({ period }) =>
    isWithinPeriod(period, clock),
  )
  const byWho = Map.groupBy(held, ({ practitioner }) => practitioner?.reference ?? '')
  const names = await namesOfStaff(context, [...byWho.keys()], today)
  return [...byWho]
    .filter(([reference]) => reference.startsWith('Practitioner/'))
    .map(([reference, roles]) => ({
      ...{ roles, role: roles[0]?.code?.[0]?.text ?? '' },
      who: {
        ...{ reference, voice: 'professional' as const },
        name: names.get(reference) || roles[0]?.practitioner?.display || '',
      },
    }))
    .toSorted((one, other) => one.who.name.localeCompare(other.who.name))
}

async function namesOfStaff(
  { service }: OperationCall['context'],
  references: readonly string[],
  today: string,
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await service.sql.query<{ id: string; content: unknown }>(
    `select id, content from resource where rt = 'Practitioner' and content is not null
       and 'Practitioner/' || id = any($1::text[])`,
    [[...references]],
  )
  return new Map(
    rows.map(({ id, content }) => [
      `Practitioner/${id}`,
      nameInWords((storedRecord(content) as Practitioner).name, today),
    ]),
  )
}
