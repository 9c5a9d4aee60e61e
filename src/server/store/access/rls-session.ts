import type { Scope } from '#domain/access/scope.ts'

/** Under which database role, and with which settings, an actor's statements run: what row-level security goes by. */
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
}>

/** The second net under a scope. It is no finer than the scope: what the statement itself leaves out, it need not. */
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

const setting = `select set_config('role', $1, $6::boolean), set_config('gable.organisation', $2, $6::boolean),
  set_config('gable.practitioner', $3, $6::boolean), set_config('gable.rooms', $4, $6::boolean),
  set_config('gable.at', $5, $6::boolean)`

/** The statement that puts a connection under a reach; `locally`: to the end of its transaction. */
export function enterRlsSession(
  { role, organisation, practitioner, rooms, at }: RlsSession,
  locally: boolean,
): Readonly<{ text: string; params: readonly unknown[] }> {
  return { text: setting, params: [role, organisation, practitioner, rooms, at, locally] }
}

/** Back to the role that logged in, within a transaction. */
export const leaveRlsSession = `select set_config('role', 'none', true)`
