import { expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { writeAuditLog } from '#server/audit/audit-log.ts'
import type { Sql } from '#server/store/sql.ts'
import { expected, type Label } from '#test-support/access/access-expected.ts'
import { openMatrix } from '#test-support/access/access-matrix.ts'
import { absent, onTurn } from '#test-support/access/access-users.ts'
import { breakTheGlass, samples } from '#test-support/access/access-world.ts'
import { writesOf } from '#test-support/access/access-writes.ts'
import { demoActor } from '#test-support/access/actors.ts'
import {
  at,
  condition,
  episode,
  patient,
  type RelationsServer,
  relationsServer,
  relative,
  request,
  restricted,
  task,
  team,
  to,
} from '#test-support/access/relations-server.ts'
import {
  giving,
  guests,
  type Try,
  waysToDelete,
  waysToWrite,
} from '#test-support/access/relations-tries.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { grace, share } from '#test-support/worlds/grace-records.ts'

const matrix = openMatrix('relations')

const keyTypes = [
  ...['Patient', 'CareTeam', 'EpisodeOfCare', 'ServiceRequest', 'Task', 'PractitionerRole'],
  ...['RelatedPerson', 'Consent', 'Flag'],
]

/** All records and relations that give access, as one text: each record with its version, and each relation. */
async function access(sql: Sql): Promise<string> {
  const { rows } = await sql.query<{ all: string }>(
    `select coalesce((select string_agg(concat_ws(' ', rt, id, vid, content is null), ';' order by rt, id)
        from resource where rt = any($1::text[])), '') || ' / ' ||
      coalesce((select string_agg(concat_ws(' ', person, kind, org, agent, until, vouched), ';'
        order by person, kind, org, agent, source_rid) from relation), '') as "all"`,
    [keyTypes],
  )
  return rows[0]?.all ?? ''
}

/**
 * Users with access to Grace’s record who may not give access to it; and a nurse without access to anybody, who may
 * import.
 */
const writers: Readonly<Record<string, readonly string[]>> = {
  // the records that each of them may write
  'tom, by referral': [],
  'karen, in the team until a date': [],
  'stranger, in an emergency': [],
  grace: ['a share', 'the rooms shared with a carer'],
  chidi: [],
  ruth: [],
  // a role without access here gives none, and is part of an imported person
  'else, a nurse without access to anybody here': ['a role'],
}

/** The care team and the practice give access; the registration is not theirs alone to change. */
const registrations = [
  'the practice',
  'a second practice',
  'the managing organisation of the record',
]

eachStore('Who may give access, by any kind of write', (open, kind) => {
  const isDue = onTurn(kind, 3)
  const nameOf = (who: string) => who.split(',')[0] ?? ''
  const started = async (...records: readonly object[]) =>
    await relationsServer(await open(), ...guests, ...records)
  const attempt = async (server: RelationsServer, who: string, [, path, init]: Try) => {
    matrix.cells++
    return (await server.send(nameOf(who), `/${path}`, init)).status
  }

  /** Tries each due write, and expects after each that nothing has changed. */
  const tryAll = async (
    server: RelationsServer,
    who: string,
    tries: readonly Readonly<{ what: string; nth: number; turn: number; way: Try }>[],
    stateNow: () => Promise<string>,
  ) => {
    const before = await stateNow()
    for (const { what, way } of tries.filter(({ turn, nth }) => isDue(turn, nth))) {
      await attempt(server, who, way)
      expect([what, way[0], await stateNow()]).toEqual([what, way[0], before])
    }
  }
  const each = (what: string, nth: number, ways: readonly Try[]) =>
    ways.map((way, turn) => ({ what, nth, turn, way }))

  test.each(Object.entries(writers))('%s gives nobody access', async (who, allowed) => {
    const server = await started()
    if (who.includes('emergency'))
      await server.send('stranger', '/$break-glass', { method: 'POST', json: breakTheGlass })
    const tries = giving.flatMap(([what, record, version], nth) => {
      if (allowed.includes(what)) return []
      // every professional may create a new person, which is tested elsewhere
      const isNew = ([name]: Try) => record.resourceType === 'Patient' && name.startsWith('post')
      return each(
        what,
        nth,
        waysToWrite(record, version).filter((way) => !isNew(way)),
      )
    })
    await tryAll(server, who, tries, () => access(server.sql))
    expect(await server.reads('patel')).toBe(200)
    expect(await server.reads('karen')).toBe(200)
  })

  test.each(['amina', 'patel', 'admin'])(
    '%s, with lasting access, gives access, and a change of practice needs both practices',
    async (who) => {
      const server = await started()
      const mine = giving.filter(([what]) => /^(a team|a case|a task|a referral)$/.test(what))
      for (const [what, record] of mine)
        expect([what, await server.put(who, record)]).toEqual([what, 201])
      for (const [what, record] of giving.filter(([each]) => registrations.includes(each))) {
        const { version } =
          (await server.store.read('Patient', graceId, { people: { kind: 'all' } })) ?? {}
        matrix.cells++
        const status = await server.put(who, record, version)
        expect([what, status]).toEqual([what, who === 'admin' ? 200 : 403])
      }
    },
  )

  test.each(['amina', 'patel', 'tom', 'karen', 'grace', 'chidi'])(
    '%s deletes nothing that gives others access, even if the audit log names them as its writer',
    async (who) => {
      const server = await started()
      const existing = [patient, ...guests, episode, relative].map(
        ({ resourceType, id }) => [resourceType, id] as const,
      )
      const what = new Map([[graceId, existing.map((each) => each.join('/'))]])
      await writeAuditLog(server.sql, [
        { at, actor: demoActor(who), act: 'C', way: 'create', allowed: true, what },
      ])
      // a user may delete records that give access only to that user and the user’s own organisation
      const own: Readonly<Record<string, readonly string[]>> = {
        amina: ['EpisodeOfCare'],
        tom: ['ServiceRequest', 'Task'],
      }
      const isOwn = (type: string) => type === 'Consent' || own[who]?.includes(type)
      const tries = existing.flatMap(([type, id], nth) =>
        isOwn(type) ? [] : each(type, nth, waysToDelete(type, id)),
      )
      await tryAll(server, who, tries, () => access(server.sql))
    },
  )

  test.each(['tom', 'patel', 'stranger', 'else', 'karen', 'chidi', 'grace'])(
    '%s restores no deleted record that they could not write',
    async (who) => {
      const server = await started(condition('secret', { meta: restricted }))
      const gone = [
        team({ member: to('Practitioner/robin-vale') }),
        ...[{ ...episode, id: 'gone' }, request(to('Practitioner/robin-vale'), 'active', 'gone')],
        task(to('Practitioner/robin-vale'), 'accepted', { id: 'gone', focus: undefined }),
        ...[condition('secret'), { ...relative, id: 'gone' }],
      ]
      // a professional of the practice may create care teams and cases again, as before the deletion
      const forbidden = who === 'patel' ? gone.filter(({ id }) => id === 'secret') : gone
      await server.seed(gone.filter(({ id }) => id === 'gone') as never)
      for (const { resourceType, id } of gone)
        await server.store.remove(resourceType, id, 'anything')
      const stateNow = async () =>
        `${await access(server.sql)} ${(await server.store.read('Condition', 'secret', { people: { kind: 'all' } }))?.version}`
      const tries = forbidden.flatMap((record, nth) =>
        // a new record with a new id is tested elsewhere
        each(
          record.resourceType,
          nth,
          waysToWrite(record).filter(([name]) => !name.startsWith('post')),
        ),
      )
      await tryAll(server, who, tries, stateNow)
    },
  )

  const world = matrix.worldOn(open)
  const users = [
    ...['karen, after leaving the team', 'chidi, with three rooms shared', 'stranger'],
    ...[
      'patel, of the practice',
      'program of another organisation',
      'laboratory, which may read goals',
    ],
  ]
  const bodies: Readonly<Record<string, object>> = {
    CareTeam: { ...team(), participant: undefined },
    EpisodeOfCare: episode,
    RelatedPerson: relative,
    ServiceRequest: request(to('Practitioner/robin-vale')),
    Task: task(to('Practitioner/robin-vale')),
    Consent: { ...share(['me'], ['read']), performer: [grace] },
  }

  test.each(users)(
    'a conditional request tells %s nothing about records that give access',
    async (who) => {
      const user = await (await world()).userFor(who)
      const isHidden = (type: string, label: Label) => !expected[who]?.(type, label)
      const hidden = samples.filter(({ type, label }) => bodies[type] && isHidden(type, label))
      for (const [nth, { type, id }] of hidden.entries())
        for (const [turn, way] of writesOf(type, { ...bodies[type], id: undefined }).entries()) {
          if (!way.name.includes('conditional') || !isDue(turn, nth)) continue
          matrix.cells++
          const of = async (one: string) => {
            const { status, body } = await user.answerTo(one, way.path, way.init)
            return { status, body: body.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '«new»') }
          }
          const none = await of(absent(id))
          expect({ id, way: way.name, ...(await of(id)) }).toEqual({ id, way: way.name, ...none })
        }
    },
  )
})
