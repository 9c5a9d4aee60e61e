import { expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { sql0017DeletedPeople } from '#server/store/migrations/0017-deleted-people.ts'
import {
  amina,
  condition,
  council,
  hospital,
  nhs,
  patient,
  type RelationsServer,
  relationsServer,
  request,
  restricted,
  task,
  team,
  to,
} from '#test-support/access/relations-server.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { aboutMe, grace } from '#test-support/worlds/grace-records.ts'

eachStore('Deleted records', (open) => {
  const started = async (...records: readonly object[]) =>
    await relationsServer(await open(), ...records)
  const withReferral = async () => await started(request(hospital), task(hospital))

  test.each(['amina', 'admin', 'grace', 'tom'])('%s does not delete a person', async (who) => {
    const server = await withReferral()
    expect(await server.remove(who, `Patient/${graceId}`)).toBe(403)
    expect(await server.remove(who, `Patient?identifier=${nhs}|9991001018`)).toBe(403)
    expect(await server.reads('amina')).toBe(200)
  })

  test('the first writer of a record cannot end others’ access by deleting it', async () => {
    const server = await started()
    const wider = { ...team(amina, { member: to('Practitioner/karen-lee') }), id: 'wider' }
    expect(await server.put('amina', wider)).toBe(201)
    expect(await server.remove('amina', 'CareTeam/wider')).toBe(403)
    expect(await server.put('amina', condition('both'))).toBe(201)
    expect(await server.put('patel', condition('both', { code: { text: 'More' } }), 1)).toBe(200)
    expect(await server.remove('amina', 'Condition/both')).toBe(403)
    expect(await server.put('amina', { ...team(amina), id: 'own' })).toBe(201)
    expect(await server.remove('amina', 'CareTeam/own')).toBe(204)
  })

  /** A person deleted by an earlier version, which left the person’s other records. */
  const deletedPerson = async (server: RelationsServer) => {
    await server.store.remove('Patient', graceId, 'anything')
    await server.sql.script(sql0017DeletedPeople)
  }

  test('another organisation gets no access to the records of a deleted person', async () => {
    const server = await started(condition('left'))
    await deletedPerson(server)
    const own = { ...patient, generalPractitioner: [to('Organization/elsewhere-clinic')] }
    const mine = { ...team({ member: to('Practitioner/nurse-else') }), id: 'mine' }
    expect(await server.importAs('else', own, mine)).toContain(
      'is not in this import, and you have no access',
    )
    expect(await server.importAs('else', mine)).toContain(
      'is not in this import, and you have no access',
    )
    expect([await server.put('else', own), await server.put('else', mine)]).toEqual([404, 404])
    const both = [own, mine].map((resource) => ({
      resource,
      request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}` },
    }))
    const bundle = { resourceType: 'Bundle', type: 'transaction', entry: both }
    expect((await server.send('else', '', { method: 'POST', json: bundle })).status).toBe(404)
    expect([
      await server.reads('else', 'Condition/left'),
      await server.reads('patel', 'Condition/left'),
    ]).toEqual([404, 200])
  })

  test('an id that other records refer to cannot be created as a new person', async () => {
    const server = await started()
    await server.seed([{ ...condition('orphan'), subject: to('Patient/never-here') }] as never)
    const own = { ...patient, id: 'never-here', identifier: undefined }
    expect(await server.put('else', own)).toBe(404)
    expect(await server.importAs('else', own)).toContain(
      'is not in this import, and you have no access',
    )
    expect(await server.put('else', { ...own, id: 'new-here' })).toBe(201)
  })

  test('a deleted person who was restricted stays so, and only the practice restores the record', async () => {
    const server = await started({ ...patient, meta: restricted }, condition('left'))
    expect(await server.reads('patel', 'Condition/left')).toBe(404)
    await deletedPerson(server)
    expect(await server.reads('patel', 'Condition/left')).toBe(404)
    expect(await server.reads('amina', 'Condition/left')).toBe(200)
    const back = { ...patient, meta: restricted }
    expect(await server.put('amina', { ...back, generalPractitioner: [council] })).toBe(403)
    expect(await server.put('amina', back)).toBe(201)
    expect(await server.reads('patel', 'Condition/left')).toBe(404)
  })

  test('a restricted record is not opened by deleting and creating it again', async () => {
    const server = await started()
    expect(await server.put('grace', aboutMe(grace))).toBe(201)
    expect(await server.put('amina', condition('secret'))).toBe(201)
    expect(await server.put('amina', condition('secret', { meta: restricted }), 1)).toBe(200)
    expect(await server.remove('amina', 'Condition/secret')).toBe(204)
    expect(await server.put('patel', condition('secret'))).toBe(404)
    const words = { ...aboutMe(grace), meta: restricted }
    await server.seed([words] as never)
    expect(await server.remove('grace', 'Observation/about-1')).toBe(204)
    expect(await server.put('grace', aboutMe(grace))).toBe(403)
  })

  test('a person cannot create again a deleted record that they could not change', async () => {
    const server = await started()
    await server.store.remove('Condition', 'condition-1', 'anything')
    const own = { ...aboutMe(grace), id: 'plan-1', resourceType: 'CarePlan' }
    await server.store.remove('CarePlan', 'plan-1', 'anything')
    const plan = {
      ...own,
      status: 'active',
      intent: 'plan',
      subject: grace,
      code: undefined,
      valueString: undefined,
      performer: undefined,
    }
    expect(await server.put('grace', plan)).toBe(403)
  })
})
