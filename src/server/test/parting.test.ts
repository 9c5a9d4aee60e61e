import type { Bundle, Parameters, Resource } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import {
  joinRecordsRequest,
  partRecordsAnswer,
  partRecordsRequest,
  recordsSinceJoin,
} from '#domain/alike/part-records-request.ts'
import { usualZone } from '#domain/calendar/zone.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { joinRequest } from '#domain/person/duplicates-fhir.ts'
import { concernToFhir } from '#domain/social-care/safeguarding.ts'
import { copyOfRecord } from '#server/operations/records/record-copy.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import { createStore } from '#server/store/create-store.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { ada, adasDay, serverOfAda } from '#test-support/worlds/ada.ts'

const about = (person: string) => ({ subject: { reference: `Patient/${person}` } })
const both = { keep: 'gp-1', join: 'a-second' }

type Parted = Readonly<{ moved: readonly string[]; decided?: string }>

/** Undoes a parting, or brings back other things than it moved. */
const joinAgain = ({ moved, decided = '' }: Parted, back = moved) =>
  joinRecordsRequest.write({ ...both, back, decided })

eachStore('Parting two records that were joined', (open) => {
  async function started() {
    const { sql } = await open({ now: () => adasDay })
    const server = await serverOfAda(sql)
    const { admin } = server
    await server.seed(
      [{ ...ada, id: 'a-second', identifier: [] } as ResourceWithId],
      'brook-surgery',
    )
    const post = (name: string, json: object, call = admin) =>
      call(`/fhir/${name}`, { method: 'POST', json })
    const put = async (resource: object, headers: Record<string, string> = {}) => {
      const { resourceType, id } = resource as ResourceWithId
      const answer = await admin(`/fhir/${resourceType}/${id}`, {
        method: 'PUT',
        json: resource,
        headers,
      })
      return answer.status
    }
    const condition = (id: string, text: string, more: object = {}) => ({
      ...{ resourceType: 'Condition', id, code: { text }, ...about('gp-1') },
      ...more,
    })
    expect((await post('$join-records', joinRequest.write(both))).status).toBe(200)
    server.pass(5)
    expect(await put(condition('gout', 'Gout'))).toBe(201)
    const visit = {
      resourceType: 'Encounter',
      id: 'visit',
      status: 'finished',
      class: { code: 'AMB' },
    }
    expect(await put({ ...visit, ...about('gp-1') })).toBe(201)
    expect(
      await put(condition('cough', 'Cough', { encounter: { reference: 'Encounter/visit' } })),
    ).toBe(201)
    expect(await put(condition('asthma', 'Asthma, mild'), { 'If-Match': 'W/"1"' })).toBe(200)
    const since = async () =>
      recordsSinceJoin.read(
        (await (await post('$records-since-join', joinRequest.write(both))).json()) as Parameters,
      )
    const part = (belongs: Readonly<Record<string, string>> = {}) =>
      post(
        '$part-records',
        partRecordsRequest.write({
          ...both,
          belongs: Object.entries(belongs).map(([record, to]) => ({ record, to })),
        }),
      )
    const whose = async (name: string) => {
      const found = (await (await admin(`/fhir/${name}`)).json()) as {
        subject?: { reference?: string }
      }
      return found.subject?.reference
    }
    const conditionsOf = async (person: string) => {
      const found = (await (
        await admin(`/fhir/Condition?patient=Patient/${person}`)
      ).json()) as Bundle
      return (found.entry ?? []).map(({ resource }) => (resource as Resource).id).toSorted()
    }
    return { ...server, post, put, condition, since, part, whose, conditionsOf }
  }
  const stay = { 'Condition/gout': 'gp-1', 'Encounter/visit': 'gp-1', 'Condition/cough': 'gp-1' }

  test('shows what came since, with what belongs together, and how many older ones were changed', async () => {
    const { since } = await started()
    const { groups, changed } = await since()
    expect(
      groups.map(({ records }) => records.map(({ id, words }) => `${id} ${words ?? ''}`.trim())),
    ).toEqual([['Condition/gout Gout'], ['Encounter/visit', 'Condition/cough Cough']])
    expect(changed).toBe(1)
  })

  test('asks whose each of them is before anything happens', async () => {
    const { part, read, put, condition } = await started()
    const unsaid = await part()
    expect(unsaid.status).toBe(422)
    expect(await unsaid.text()).toContain('3 records came to the record in use')
    // one more came while somebody was looking
    expect(await put(condition('rash', 'Rash'))).toBe(201)
    expect((await part(stay)).status).toBe(409)
    const strange = { ...stay, 'Condition/rash': 'somebody-else' }
    expect((await part(strange)).status).toBe(422)
    const torn = { ...stay, 'Condition/rash': 'gp-1', 'Condition/cough': 'a-second' }
    expect((await part(torn)).status).toBe(422)
    const older = { ...stay, 'Condition/rash': 'gp-1', 'Condition/asthma': 'a-second' }
    expect((await part(older)).status).toBe(422)
    expect((await read('a-second')).active).toBe(false)
  })

  test('moves each record to the person to whom it belongs, with its history, and undoing brings it back', async () => {
    const { part, post, whose, conditionsOf, admin, sql, as } = await started()
    const belongs = {
      'Condition/gout': 'gp-1',
      'Encounter/visit': 'a-second',
      'Condition/cough': 'a-second',
    }
    const answer = await part(belongs)
    expect(answer.status).toBe(200)
    const parted = partRecordsAnswer.read((await answer.json()) as Parameters)
    expect(parted.moved).toEqual(['Encounter/visit/_history/2', 'Condition/cough/_history/2'])
    expect(await whose('Condition/cough')).toBe('Patient/a-second')
    expect(await conditionsOf('gp-1')).toEqual(['asthma', 'gout'])
    expect(await conditionsOf('a-second')).toEqual(['cough'])
    // what it said while it was the other person’s is shown to nobody
    expect((await admin('/fhir/Condition/cough/_history/1')).status).toBe(404)
    const past = (await (await admin('/fhir/Condition/cough/_history')).json()) as Bundle
    expect(past.total).toBe(1)
    const { rows } = await sql.query<{ persons: readonly string[] }>(
      `select persons from audit where way = '$part-records' and act = 'U' and cardinality(persons) > 0`,
    )
    expect([...new Set(rows.flatMap(({ persons }) => persons))].toSorted()).toEqual([
      'a-second',
      'gp-1',
    ])
    const amina = await as('amina')
    expect((await post('$join-records', joinAgain(parted), amina)).status).toBe(403)
    expect((await post('$join-records', joinAgain(parted))).status).toBe(200)
    expect(await conditionsOf('gp-1')).toEqual(['asthma', 'cough', 'gout'])
    expect(await whose('Encounter/visit')).toBe('Patient/gp-1')
  })

  test('leaves with the record in use what is linked to something from before', async () => {
    const { part, put, since } = await started()
    const told = {
      resourceType: 'Observation',
      id: 'peak-flow',
      status: 'final',
      code: { text: 'Peak flow' },
    }
    const focus = [{ reference: 'Condition/asthma' }]
    expect(await put({ ...told, ...about('gp-1'), focus })).toBe(201)
    const tied = (await since()).groups.find(
      ({ records }) => records[0]?.id === 'Observation/peak-flow',
    )
    expect(tied?.stays).toBe(true)
    expect((await part({ ...stay, 'Observation/peak-flow': 'a-second' })).status).toBe(422)
    expect((await part({ ...stay, 'Observation/peak-flow': 'gp-1' })).status).toBe(200)
  })

  const gave = { ...stay, 'Condition/gout': 'a-second' }

  test('brings back only what this parting gave away', async () => {
    const { part, post, put, condition, seed, conditionsOf, whose, sql } = await started()
    await seed(
      [{ ...condition('own', 'Own'), ...about('a-second') } as ResourceWithId],
      'brook-surgery',
    )
    const parted = partRecordsAnswer.read((await (await part(gave)).json()) as Parameters)
    const { moved } = parted
    const back = async (...names: readonly string[]) =>
      (await post('$join-records', joinAgain(parted, names))).status
    expect(moved).toEqual(['Condition/gout/_history/2'])
    for (const name of ['Condition/own/_history/1', 'Patient/a-second/_history/3'])
      expect(await back(...moved, name)).toBe(409)
    expect(await back('Condition/gout/_history/1')).toBe(409)
    // an open case of theirs is in the way, as of every join
    const open = { resourceType: 'EpisodeOfCare', id: 'case', status: 'active' }
    const standing = { ...open, patient: { reference: 'Patient/a-second' } }
    await seed([standing as never], 'brook-surgery')
    expect(await back(...moved)).toBe(422)
    expect(await whose('Condition/gout')).toBe('Patient/a-second')
    const worse = { ...condition('gout', 'Gout, worse'), ...about('a-second') }
    await seed([{ ...standing, status: 'finished' } as never], 'brook-surgery')
    expect(await put(worse, { 'If-Match': 'W/"2"' })).toBe(200)
    expect(await back(...moved)).toBe(409)
    expect(await conditionsOf('a-second')).toEqual(['gout', 'own'])
    const { rows } = await sql.query<{ id: string }>(
      "select id from resource where rt = 'Patient' and person <> id",
    )
    expect(rows).toEqual([])
  })

  test('asks again about what a parting gave away and joining again brought back', async () => {
    const { part, post, pass, since, conditionsOf } = await started()
    const parted = partRecordsAnswer.read((await (await part(gave)).json()) as Parameters)
    pass(5)
    expect((await post('$join-records', joinAgain(parted))).status).toBe(200)
    pass(5)
    expect((await since()).groups.flatMap(({ records }) => records.map(({ id }) => id))).toEqual([
      'Condition/gout',
    ])
    expect((await part()).status).toBe(422)
    expect((await part({ 'Condition/gout': 'a-second' })).status).toBe(200)
    expect(await conditionsOf('a-second')).toEqual(['gout'])
  })

  test('parts the later of two joins first', async () => {
    const { part, post, seed, pass } = await started()
    await seed([{ ...ada, id: 'third', identifier: [] } as ResourceWithId], 'brook-surgery')
    pass(5)
    const onward = { keep: 'third', join: 'gp-1' }
    expect((await post('$join-records', joinRequest.write(onward))).status).toBe(200)
    const refused = await part(gave)
    expect(refused.status).toBe(422)
    expect(await refused.text()).toContain('was itself joined to another')
    const first = partRecordsRequest.write({ ...onward, belongs: [] })
    expect((await post('$part-records', first)).status).toBe(200)
    expect((await part(gave)).status).toBe(200)
  })

  test('a record that moves loses the name and the number of the other person, also in a copy', async () => {
    const { part, put, condition, admin, sql } = await started()
    const subject = {
      ...{ reference: 'Patient/gp-1', display: 'Ada Okoro' },
      identifier: { value: '9434765919' },
    }
    const names = { subject, note: [{ text: 'x', authorReference: subject }] }
    expect(await put({ ...condition('rash', 'Rash'), ...names })).toBe(201)
    expect((await part({ ...stay, 'Condition/rash': 'a-second' })).status).toBe(200)
    const found = await (await admin('/fhir/Condition/rash')).text()
    expect(found).not.toMatch(/Ada Okoro|9434765919|gp-1/)
    expect(found.match(/Patient\/a-second/g)).toHaveLength(2)
    const versionsIn = async (person: string) => {
      const entries = await copyOfRecord({
        ...{ person, scope: everyone, now: adasDay, zone: usualZone },
        ...{ sql, store: createStore(sql) },
      })
      const text = entries.map(({ bytes }) => new TextDecoder().decode(bytes)).join('')
      return text.match(/"id":"rash"/g) ?? []
    }
    expect(await versionsIn('gp-1')).toHaveLength(0)
    expect(await versionsIn('a-second')).toHaveLength(1)
  })

  test('a narrative that names the other person does not move with a record, and one that somebody wrote is told of', async () => {
    const { part, put, condition, since, admin } = await started()
    const div = '<div xmlns="http://www.w3.org/1999/xhtml">Ada Okoro has gout</div>'
    const inside = {
      resourceType: 'Practitioner',
      id: 'doctor',
      text: { status: 'generated', div },
    }
    const made = {
      ...{ text: { status: 'generated', div }, contained: [inside] },
      asserter: { reference: '#doctor' },
    }
    expect(await put(condition('made', 'Gout', made))).toBe(201)
    expect(await put(condition('wrote', 'Gout', { text: { status: 'additional', div } }))).toBe(201)
    const told = (await since()).groups.flatMap(({ records }) => records)
    expect(told.filter(({ hasText }) => hasText).map(({ id }) => id)).toEqual(['Condition/wrote'])
    const theirs = { 'Condition/made': 'a-second', 'Condition/wrote': 'a-second' }
    expect((await part({ ...stay, ...theirs })).status).toBe(200)
    const read = async (id: string) => await (await admin(`/fhir/Condition/${id}`)).json()
    expect(JSON.stringify(await read('made'))).not.toContain('Ada')
    expect(await read('made')).toMatchObject({ asserter: { reference: '#doctor' } })
    expect(await read('wrote')).toMatchObject({ text: { status: 'additional', div } })
  })

  test('says nothing of a safeguarding concern to the administrator: it goes with whom it names, comes back with them, and stays otherwise', async () => {
    const { admin, part, post, since, put, seed, sql } = await started()
    const son = {
      resourceType: 'RelatedPerson',
      id: 'a-son',
      patient: { reference: 'Patient/gp-1' },
    }
    expect(await put(son)).toBe(201)
    const by = {
      reference: 'Practitioner/amina-yusuf',
      name: 'Amina',
      voice: 'professional',
    } as const
    const at = adasDay.toISOString()
    const concern = (
      id: string,
      sources: readonly Readonly<{ reference: string; name: string }>[],
    ) =>
      concernToFhir({
        ...{
          id,
          person: 'gp-1',
          sources,
          about: 'Money is gone',
          risk: 'Ada',
          wishes: 'That it stops',
        },
        ...{
          consent: 'given',
          withoutConsent: '',
          safety: 'None left',
          notes: [],
          members: [],
          removed: [],
        },
        ...{ raisedBy: by, raisedAt: at, written: { by, at } },
      })
    const named = concern('named', [{ reference: 'RelatedPerson/a-son', name: 'Son' }])
    await seed([named, concern('unnamed', [])])
    const { groups } = await since()
    const shown = groups.map(({ records }) => records.map(({ id }) => id))
    expect(shown).toContainEqual(['RelatedPerson/a-son'])
    expect(JSON.stringify(shown)).not.toContain('Basic')
    const answer = await part({ ...stay, 'RelatedPerson/a-son': 'a-second' })
    expect(answer.status).toBe(200)
    const parted = partRecordsAnswer.read((await answer.json()) as Parameters)
    expect(parted.moved).toEqual(['RelatedPerson/a-son/_history/2'])
    const whose = async () => {
      const { rows } = await sql.query<{ id: string; person: string }>(
        "select id, person from resource where rt = 'Basic' order by id",
      )
      return Object.fromEntries(rows.map(({ id, person }) => [id, person]))
    }
    expect(await whose()).toEqual({ named: 'a-second', unnamed: 'gp-1' })
    expect((await post('$join-records', joinAgain(parted))).status).toBe(200)
    expect(await whose()).toEqual({ named: 'gp-1', unnamed: 'gp-1' })
    const log = await (await admin('/fhir/AuditEvent?_count=500')).text()
    expect(log).not.toContain('Basic/')
  })
})
