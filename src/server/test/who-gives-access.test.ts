import type { Bundle } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { beginSession } from '#server/auth/session.ts'
import {
  amina,
  at,
  brook,
  codes,
  condition,
  council,
  elsewhere,
  episode,
  hospital,
  nhs,
  patient,
  relationsServer,
  relative,
  request,
  restricted,
  type Sent,
  task,
  team,
  to,
  tom,
} from '#test-support/access/relations-server.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { endedElsewhere } from '#test-support/worlds/ended-elsewhere.ts'
import { grace, share } from '#test-support/worlds/grace-records.ts'

eachStore('Giving access to a person', (open) => {
  const started = async (...records: readonly object[]) =>
    await relationsServer(await open(), ...records)

  const withReferral = async () => await started(request(hospital), task(hospital))

  /** Everything a guest might write to keep access, or to give a friend access. */
  const tries: readonly (readonly [string, Sent, number?])[] = [
    ['a place in the care team', team(amina, { member: tom }), 1],
    ['a new team with the guest', { ...team({ member: tom }), id: 'mine' }],
    ['a new team with the employer', { ...team({ member: hospital }), id: 'mine' }],
    ['a team for a friend', { ...team({ member: to('Practitioner/robin-vale') }), id: 'mine' }],
    ['a new case managed by the guest', { ...episode, id: 'mine', careManager: tom }],
    ['the case managed by the guest', { ...episode, careManager: tom }, 1],
    ['the case managed by the employer', { ...episode, managingOrganization: hospital }, 1],
    ['the registration', { ...patient, generalPractitioner: [hospital] }, 2],
    ['a second registration', { ...patient, generalPractitioner: [brook, hospital] }, 2],
    ['the managing organisation', { ...patient, managingOrganization: hospital }, 2],
    ['the guest as general practitioner', { ...patient, generalPractitioner: [brook, tom] }, 2],
    ['a task for the guest', task(tom, 'accepted', { id: 'mine', focus: undefined })],
    ['a task for the employer', task(hospital, 'accepted', { id: 'mine', focus: undefined })],
    [
      'a task about another’s referral',
      task(tom, 'accepted', { id: 'mine', focus: to('ServiceRequest/none') }),
    ],
    ['a referral to the guest', request(tom, 'active', 'mine')],
    ['a referral to a friend', request(council, 'active', 'mine')],
    ['the referral passed on', request(council), 1],
    ['the NHS number', { ...patient, identifier: [{ system: nhs, value: '9991001026' }] }, 2],
    ['the date of birth', { ...patient, birthDate: '1999-01-04' }, 2],
    ['a link to another record', { ...patient, active: false }, 2],
    [
      'another carer’s number',
      { ...relative, identifier: [{ system: nhs, value: '9991001034' }] },
      1,
    ],
    ['the end of a carer', { ...relative, active: false }, 1],
    ['a second carer of the same number', { ...relative, id: 'mine' }],
    [
      'a share for a carer',
      {
        ...share(['me'], ['read']),
        performer: [grace],
        extension: [{ url: 'https://gable.example/fhir/supported-by', valueReference: tom }],
      },
    ],
    ['the end of Amina’s membership', team({ member: grace }), 1],
    ['the end of the case', { ...episode, ...endedElsewhere }, 1],
  ]

  test('a guest by referral gives and ends no access, and loses access when it is withdrawn', async () => {
    const server = await withReferral()
    for (const [what, record, version] of tries) {
      const entry = {
        resource: record,
        request: {
          ...{ method: 'PUT', url: `${record.resourceType}/${record.id}` },
          ...(version ? { ifMatch: `W/"${version}"` } : {}),
        },
      }
      const bundle = { resourceType: 'Bundle', type: 'transaction', entry: [entry] }
      const inBundle = await server.send('tom', '', { method: 'POST', json: bundle })
      const answers = [await server.put('tom', record, version), inBundle.status]
      expect([what, ...answers]).toEqual([what, 403, 403])
    }
    expect(await server.put('tom', task(hospital, 'accepted'), 1)).toBe(200)
    expect(await server.put('tom', task(tom, 'accepted'), 2)).toBe(200)
    const visit = { id: 'mine', code: { text: 'A visit' }, focus: undefined }
    const forIt = { ...visit, basedOn: [to('ServiceRequest/referral')] }
    expect(await server.put('tom', task(tom, 'accepted', forIt))).toBe(201)
    // he may not change what links a task to its referral
    for (const loose of [{ focus: undefined }, { code: { text: 'x' } }])
      expect(await server.put('tom', task(tom, 'accepted', loose), 3)).toBe(403)
    const cut = task(tom, 'accepted', { ...forIt, basedOn: undefined })
    expect(await server.put('tom', cut, 1)).toBe(403)
    expect(await server.put('tom', condition('found'))).toBe(201)
    expect(await server.reads('tom')).toBe(200)
    expect(await server.put('amina', request(hospital, 'revoked'), 1)).toBe(200)
    expect([await server.reads('tom'), await server.reads('amina')]).toEqual([404, 200])
  })

  test.each(['the task', 'the referral'])(
    'withdrawing %s alone ends the access by both',
    async (which) => {
      const server = await withReferral()
      const withdrawn =
        which === 'the task' ? task(hospital, 'cancelled') : request(hospital, 'revoked')
      expect(await server.put('amina', withdrawn, 1)).toBe(200)
      expect(await server.reads('tom')).toBe(404)
    },
  )

  test('a guest accepts the referral, closes it, and loses access', async () => {
    const server = await withReferral()
    expect(await server.put('tom', task(hospital, 'accepted'), 1)).toBe(200)
    const extension = [{ url: 'https://gable.example/fhir/referral-outcome', valueString: 'Done' }]
    expect(await server.put('tom', task(hospital, 'completed', { extension }), 2)).toBe(200)
    expect(await server.reads('tom')).toBe(404)
  })

  test('a team member whose membership has an end is a guest too', async () => {
    const until = { member: tom, period: { end: '2026-04-01' } }
    const server = await started(team(amina, until))
    expect(await server.put('tom', team(amina, { member: tom }), 2)).toBe(403)
    expect(await server.put('tom', team(amina, until, { member: hospital }), 2)).toBe(403)
    expect(await server.put('tom', { ...team(amina, until), note: [{ text: 'x' }] }, 2)).toBe(200)
  })

  test('access given by the care team includes restricted records, and a guest gives none', async () => {
    const server = await started(
      request(hospital),
      task(hospital),
      condition('secret', { meta: restricted }),
    )
    expect(await server.put('amina', team(amina, { member: tom }), 1)).toBe(200)
    expect(await server.reads('tom', 'Condition/secret')).toBe(200)
    expect(
      await server.put(
        'tom',
        { ...team(amina, { member: tom }, { member: to('Practitioner/karen-lee') }) },
        2,
      ),
    ).toBe(200)
    expect(await server.reads('karen', 'Condition/secret')).toBe(200)
  })

  test('an import gives a guest no more access than an update does', async () => {
    const server = await withReferral()
    const hand = { ...elsewhere, organisation: 'st-annes-hospital' }
    const Authorization = `Bearer ${await beginSession(server.sql, hand, at)}`
    const json = { ...team({ member: to('Practitioner/nurse-else') }), id: 'mine' }
    const answer = await server.anyone('/fhir/$import', {
      method: 'POST',
      json,
      headers: { Authorization },
    })
    expect(await answer.text()).toContain('You have access through a referral')
    const moved = { ...patient, generalPractitioner: [hospital] }
    const again = await server.anyone('/fhir/$import', {
      method: 'POST',
      json: moved,
      headers: { Authorization },
    })
    expect(await again.text()).toContain('You have access through a referral')
  })

  test('an import of the person’s former practice adds records, and does not move the person back', async () => {
    const server = await started()
    expect(await server.put('admin', { ...patient, generalPractitioner: [council] }, 2)).toBe(200)
    const answer = await server.importAs('amina', patient, condition('cough'))
    expect(answer).not.toContain('"refused"}')
    expect(answer).not.toContain('reason')
    expect(await server.reads('amina', 'Condition/cough')).toBe(200)
    const kept = await (await server.send('amina', `/Patient/${graceId}`)).json()
    expect(kept).toMatchObject({ generalPractitioner: [council] })
  })

  test('the custodian hands a person over while only a doctor is named', async () => {
    const server = await started()
    const byDoctor = { ...patient, generalPractitioner: [to('Practitioner/anil-patel')] }
    expect(await server.put('admin', byDoctor, 2)).toBe(200)
    expect(await server.put('amina', { ...patient, generalPractitioner: [hospital] }, 3)).toBe(403)
    expect(await server.put('amina', handOver(brook, council))).toBe(201)
    expect(await server.put('amina', patient, 3)).toBe(200)
  })

  const handOver = (from: object, owner: object) =>
    task(owner, 'requested', {
      ...{ id: 'hand-over', focus: grace, requester: from },
      code: { coding: [{ system: codes, code: 'registration-handover' }] },
    })
  const moved = { ...patient, generalPractitioner: [council] }

  test('a person moves to another practice when both agree', async () => {
    const server = await started()
    expect(await server.put('amina', moved, 2)).toBe(403)
    expect(await server.put('amina', handOver(brook, council))).toBe(201)
    expect(await server.put('amina', moved, 2)).toBe(403)
    expect(await server.put('karen', { ...moved, generalPractitioner: [hospital] }, 2)).toBe(403)
    expect(await server.put('karen', { ...moved, birthDate: '1999-01-01' }, 2)).toBe(403)
    expect(await server.put('karen', moved, 2)).toBe(200)
    const came = 'Can now see the record: Organization/riverside-council.'
    expect(await server.accessNews('grace')).toEqual([came])
    expect(await server.reads('patel')).toBe(200)
    // the practice still had access through the case, and loses it when the case ends
    expect(await server.put('amina', { ...episode, ...endedElsewhere }, 1)).toBe(200)
    expect(await server.accessNews('grace')).toEqual(['Can no longer see it: Brook Surgery.', came])
    expect(await server.reads('patel')).toBe(404)
  })

  test('only the practice where the person is registered can hand over', async () => {
    const server = await started(team(amina, { member: tom }), request(council), task(council))
    expect(await server.put('tom', handOver(brook, hospital))).toBe(403)
    expect(await server.put('tom', handOver(hospital, hospital))).toBe(403)
    expect(await server.put('karen', handOver(brook, council))).toBe(403)
    expect(await server.put('tom', { ...patient, generalPractitioner: [hospital] }, 2)).toBe(403)
    expect(await server.put('karen', moved, 2)).toBe(403)
    expect(await server.put('admin', moved, 2)).toBe(200)
  })

  test.each(['1', 'x'])(
    'a practice cannot add another practice by a versioned reference %s',
    async (version) => {
      const server = await started()
      const other = to(`Organization/elsewhere-clinic/_history/${version}`)
      const both = { ...patient, generalPractitioner: [brook, other] }
      expect(await server.put('amina', both, 2)).toBe(403)
      expect(await server.reads('else')).toBe(404)
    },
  )

  test('a practice names its own doctors, and a correction without a move is accepted', async () => {
    const server = await started()
    const doctors = [brook, to('Practitioner/anil-patel')]
    expect(await server.put('patel', { ...patient, generalPractitioner: doctors }, 2)).toBe(200)
    expect(
      await server.put('patel', { ...patient, generalPractitioner: doctors, gender: 'female' }, 3),
    ).toBe(200)
  })

  test('every change of access is in the news of the person and of the care team', async () => {
    const server = await started()
    expect(
      await server.put('amina', team(amina, { member: to('Practitioner/karen-lee') }), 1),
    ).toBe(200)
    expect(await server.put('amina', team(amina), 2)).toBe(200)
    expect(
      await server.put(
        'amina',
        task(to('Practitioner/amina-yusuf'), 'requested', { focus: undefined }),
      ),
    ).toBe(201)
    const words = [
      'Can no longer see it: Practitioner/karen-lee.',
      'Can now see the record: Practitioner/karen-lee.',
    ]
    expect(await server.accessNews('grace')).toEqual(words)
    const news = (await (
      await server.send('amina', `/Provenance?patient=Patient/${graceId}`)
    ).json()) as Bundle
    const reasons = (news.entry ?? []).flatMap(({ resource }) =>
      resource?.resourceType === 'Provenance' && resource.reason ? resource.reason[0]?.text : [],
    )
    expect(reasons.toSorted()).toEqual(words.toSorted())
    const [{ id } = { id: '' }] = (news.entry ?? []).flatMap(
      ({ resource }) => resource ?? [],
    ) as ResourceWithId[]
    expect(await server.remove('amina', `Provenance/${id}`)).toBe(403)
  })

  const other = to('Patient/other')
  const forOther = { ...request(hospital, 'active', 'other-referral'), subject: other }
  const based = (id: string) => ({ focus: undefined, basedOn: [to(`ServiceRequest/${id}`)] })

  test('a task for one person cannot be based on a referral of another', async () => {
    const server = await started(request(hospital), task(hospital), forOther)
    for (const tied of [based('other-referral'), { focus: to('ServiceRequest/other-referral') }])
      for (const code of [{ text: 'A visit' }, undefined])
        expect(await server.put('tom', task(tom, 'accepted', { id: 'mine', ...tied, code }))).toBe(
          403,
        )
    // a referral based on the first lasts as long as the practice decides
    const theirs = { id: 'theirs', ...based('other-referral') }
    await server.seed([task(council, 'requested', theirs)] as never)
    await server.seed([{ ...forOther, status: 'revoked' }] as never)
    expect(await server.reads('karen')).toBe(200)
  })

  test('a guest cannot end tasks and referrals of others by linking tasks to them', async () => {
    const plain = { id: 'theirs', focus: undefined, code: { text: 'A visit' } }
    const server = await started(
      request(hospital),
      task(hospital),
      task(council, 'requested', plain),
      { ...request(council, 'active', 'council') },
      { ...request(council, 'active', 'bare'), performer: undefined },
      task(council, 'requested', { id: 'asked', focus: to('ServiceRequest/bare') }),
      task(council, 'draft', { ...plain, id: 'draft' }),
      task(council, 'draft', { id: 'draft-answer', focus: to('ServiceRequest/council') }),
    )
    expect(await server.put('tom', request(hospital, 'completed', 'spent'))).toBe(201)
    const tied = { ...plain, ...based('spent') }
    const atCouncil = { focus: to('ServiceRequest/council') }
    const refused: readonly (readonly [Sent, number?])[] = [
      [task(council, 'requested', tied), 1],
      [task(council, 'requested', { ...tied, ...based('referral') }), 1],
      [task(council, 'draft', { ...tied, id: 'draft' }), 1],
      [task(council, 'completed', { id: 'mine', ...atCouncil })],
      [task(council, 'rejected', { id: 'mine', ...atCouncil })],
      [task(council, 'draft', { id: 'mine', ...atCouncil })],
      [task(council, 'rejected', { id: 'draft-answer', ...atCouncil }), 1],
      [{ ...request(council, 'revoked', 'bare'), performer: undefined }, 1],
    ]
    for (const [record, version] of refused)
      expect([record, await server.put('tom', record, version)]).toEqual([record, 403])
    const kept = await server.sql.query(
      `select distinct r.id from relation l join resource r on r.rid = l.source_rid
       where l.org = 'riverside-council' order by r.id`,
    )
    expect(kept.rows.map((row) => (row as { id: string }).id)).toEqual([
      ...['asked', 'council', 'theirs'],
    ])
  })

  test('a guest does not withdraw a person’s consent', async () => {
    const server = await started(request(hospital), task(hospital), share(['me'], ['read']))
    const given = { ...share(['me'], ['read']), performer: [tom] }
    for (const status of ['inactive', 'rejected', 'entered-in-error', 'proposed'])
      expect([status, await server.put('tom', { ...given, status }, 1)]).toEqual([status, 403])
    expect(await server.put('grace', { ...share(['me'], ['read']), status: 'inactive' }, 1)).toBe(
      200,
    )
  })

  /** As the app writes it, without a reference to a referral. */
  const step = (owner: object | undefined, more: object = {}) => ({
    ...{ resourceType: 'Task', id: 'step', status: 'accepted', intent: 'order', for: grace },
    ...{ focus: to('CarePlan/plan-1'), description: 'To bring the frame', owner },
    ...more,
  })
  const tiesOf = async (server: Awaited<ReturnType<typeof started>>, id: string) =>
    ((await (await server.send('tom', `/Task/${id}`)).json()) as { basedOn?: unknown }).basedOn

  test.each(['the referral', 'its task'])(
    'a guest takes work on, and it ends with %s',
    async (which) => {
      const server = await started(
        request(hospital),
        task(hospital),
        step(undefined, { id: 'free', focus: undefined, code: { text: 'To ring her' } }),
      )
      expect(await server.put('tom', step(tom))).toBe(201)
      expect(await server.put('tom', step(hospital, { id: 'step-2' }))).toBe(201)
      const taken = step(tom, { id: 'free', focus: undefined, code: { text: 'To ring her' } })
      expect(await server.put('tom', taken, 1)).toBe(200)
      for (const id of ['step', 'step-2', 'free'])
        expect(await tiesOf(server, id)).toEqual([to('ServiceRequest/referral')])
      // he may still not write one for a friend or for the person who referred to him
      expect(await server.put('tom', step(council, { id: 'step-3' }))).toBe(403)
      expect(await server.put('tom', task(tom, 'accepted', { id: 'x', focus: undefined }))).toBe(
        403,
      )
      const withdrawn =
        which === 'its task' ? task(hospital, 'cancelled') : request(hospital, 'revoked')
      expect(await server.put('amina', withdrawn, 1)).toBe(200)
      expect(await server.reads('tom')).toBe(404)
    },
  )

  test('a guest with an end date and no referral takes on no work that would extend access', async () => {
    const server = await started(team(amina, { member: tom, period: { end: '2026-04-01' } }))
    expect(await server.put('tom', step(tom))).toBe(403)
  })

  test('a withdrawn hand-over is not reopened by the receiving practice', async () => {
    const server = await started(team(amina, { member: to('Practitioner/karen-lee') }))
    const offer = handOver(brook, council)
    expect(await server.put('amina', offer)).toBe(201)
    // nor may it become an ordinary task, which nobody would see as a request
    for (const code of [undefined, { text: 'A visit' }])
      expect(await server.put('karen', { ...offer, code }, 1)).toBe(403)
    expect(await server.put('amina', { ...offer, status: 'cancelled' }, 1)).toBe(200)
    for (const status of ['requested', 'accepted', 'in-progress'])
      expect(await server.put('karen', { ...offer, status }, 2)).toBe(403)
    expect(await server.put('karen', moved, 2)).toBe(403)
    expect(await server.put('amina', offer, 2)).toBe(200)
    expect(await server.put('karen', { ...offer, status: 'accepted' }, 3)).toBe(200)
  })
})
