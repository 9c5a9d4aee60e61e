import type { Scope } from '#domain/access/scope.ts'

/** The database role and settings under which an actor's statements run: row-level security uses them. */
export type RlsSession = Readonly<{
  role: 'gable_all' | 'gable_staff' | 'gable_listed' | 'gable_none'
  /** id of the Organization whose relations count */
  organisation: string
  /** id of the Practitioner whose relations count */
  practitioner: string
  /** person → rooms, as JSON */
  rooms: string
  /** instant from which relations must still hold; the minute, so that a connection keeps it for a while */
  at: string
  /** true: a statement reads many rows, and the relations of the actor are gathered once for all of them */
  many?: boolean
}>

/** The second check under a scope. It is no finer than the scope: what the statement itself leaves out, it need not. */
export function rlsSessionOf({ people }: Scope, now: Date): RlsSession {
  const nothing = { organisation: '', practitioner: '', rooms: '', at: '' }
  switch (people.kind) {
    case 'all':
      return { ...nothing, role: 'gable_all' }
    case 'none':
      return { ...nothing, role: 'gable_none' }
    case 'related':
      return {
        ...nothing,
        role: 'gable_staff',
        organisation: people.organisation ?? '',
        practitioner: people.practitioner ?? '',
        at: `${now.toISOString().slice(0, 16)}Z`,
      }
    case 'listed':
      return { ...nothing, role: 'gable_listed', rooms: roomsOf(people.people) }
  }
}

function roomsOf(
  people: Extract<Scope['people'], { kind: 'listed' }>['people'],
): RlsSession['rooms'] {
  return JSON.stringify(Object.fromEntries(people.map(({ person, rooms }) => [person, rooms])))
}

const names = [
  ...['role', 'gable.organisation', 'gable.practitioner', 'gable.rooms', 'gable.at', 'gable.many'],
]

const settings = (locally: boolean) =>
  names.map((name, at) => `set_config('${name}', $${at + 1}, ${locally})`).join(', ')

const lasting = `select ${settings(false)}`
const local = `select ${settings(true)}, set_config('statement_timeout', $7, true)`

type Statement = Readonly<{ text: string; params: readonly unknown[] }>

const valuesOf = ({ role, organisation, practitioner, rooms, at, many }: RlsSession) => [
  ...[role, organisation, practitioner, rooms, at, many ? 'on' : ''],
]

/** The statement that sets a connection to an actor’s access. */
export const enterRlsSession = (reach: RlsSession): Statement => ({
  ...{ text: lasting, params: valuesOf(reach) },
})

/** The one that sets a transaction to it until its end; `readerMs`: after which a statement is cancelled, 0: never. */
export const standUnderLocally = (reach: RlsSession, readerMs: number): Statement => ({
  ...{ text: local, params: [...valuesOf(reach), String(Math.round(readerMs))] },
})

/** Back to the role that signed in, within a transaction. */
export const leaveRlsSession = `select set_config('role', 'none', true), set_config('statement_timeout', '0', true)`
