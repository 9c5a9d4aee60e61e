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
  type RelationsHouse,
  relationsHouse,
  request,
  restricted,
  task,
  team,
  to,
} from '#test-support/access/relations-house.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { aboutMe, grace } from '#test-support/worlds/grace-records.ts'

eachStore('Deleted records', (open) => {
  const started = async (...records: readonly object[]) =>
    await relationsHouse(await open(), ...records)
  const withReferral = async () => await started(request(hospital), task(hospital))

  test.each(['amina', 'admin', 'grace', 'tom'])('%s does not delete a person', async (who) => {
    const house = await withReferral()
    expect(await house.remove(who, `Patient/${graceId}`)).toBe(403)
    expect(await house.remove(who, `Patient?identifier=${nhs}|9991001018`)).toBe(403)
    expect(await house.reads('amina')).toBe(200)
  })

  test('the first writer of a record cannot end others’ access by deleting it', async () => {
    const house = await started()
    const wider = { ...team(amina, { member: to('Practitioner/karen-lee') }), id: 'wider' }
    expect(await house.put('amina', wider)).toBe(201)
    expect(await house.remove('amina', 'CareTeam/wider')).toBe(403)
    expect(await house.put('amina', condition('both'))).toBe(201)
    expect(await house.put('patel', condition('both', { code: { text: 'More' } }), 1)).toBe(200)
    expect(await house.remove('amina', 'Condition/both')).toBe(403)
    expect(await house.put('amina', { ...team(amina), id: 'own' })).toBe(201)
    expect(await house.remove('amina', 'CareTeam/own')).toBe(204)
  })

  /** A person deleted by an earlier version, which left the person’s other records. */
  const deletedPerson = async (house: RelationsHouse) => {
    await house.store.remove('Patient', graceId, 'anything')
    await house.sql.script(sql0017DeletedPeople)
  }

  test('another organisation gets no access to the records of a deleted person', async () => {
    const house = await started(condition('left'))
    await deletedPerson(house)
    const own = { ...patient, generalPractitioner: [to('Organization/elsewhere-clinic')] }
    const mine = { ...team({ member: to('Practitioner/nurse-else') }), id: 'mine' }
    expect(await house.bring('else', own, mine)).toContain(
      'is not in this import, and you have no access',
    )
    expect(await house.bring('else', mine)).toContain(
      'is not in this import, and you have no access',
    )
    expect([await house.put('else', own), await house.put('else', mine)]).toEqual([404, 404])
    const both = [own, mine].map((resource) => ({
      resource,
      request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}` },
    }))
    const bundle = { resourceType: 'Bundle', type: 'transaction', entry: both }
    expect((await house.send('else', '', { method: 'POST', json: bundle })).status).toBe(404)
    expect([
      await house.reads('else', 'Condition/left'),
      await house.reads('patel', 'Condition/left'),
    ]).toEqual([404, 200])
  })

  test('an id that other records refer to cannot be created as a new person', async () => {
    const house = await started()
    await house.seed([{ ...condition('orphan'), subject: to('Patient/never-here') }] as never)
    const own = { ...patient, id: 'never-here', identifier: undefined }
    expect(await house.put('else', own)).toBe(404)
    expect(await house.bring('else', own)).toContain(
      'is not in this import, and you have no access',
    )
    expect(await house.put('else', { ...own, id: 'new-here' })).toBe(201)
  })

  test('a deleted person who was restricted stays so, and only the practice restores the record', async () => {
    const house = await started({ ...patient, meta: restricted }, condition('left'))
    expect(await house.reads('patel', 'Condition/left')).toBe(404)
    await deletedPerson(house)
    expect(await house.reads('patel', 'Condition/left')).toBe(404)
    expect(await house.reads('amina', 'Condition/left')).toBe(200)
    const back = { ...patient, meta: restricted }
    expect(await house.put('amina', { ...back, generalPractitioner: [council] })).toBe(403)
    expect(await house.put('amina', back)).toBe(201)
    expect(await house.reads('patel', 'Condition/left')).toBe(404)
  })

  test('a restricted record is not opened by deleting and creating it again', async () => {
    const house = await started()
    expect(await house.put('grace', aboutMe(grace))).toBe(201)
    expect(await house.put('amina', condition('secret'))).toBe(201)
    expect(await house.put('amina', condition('secret', { meta: restricted }), 1)).toBe(200)
    expect(await house.remove('amina', 'Condition/secret')).toBe(204)
    expect(await house.put('patel', condition('secret'))).toBe(404)
    const words = { ...aboutMe(grace), meta: restricted }
    await house.seed([words] as never)
    expect(await house.remove('grace', 'Observation/about-1')).toBe(204)
    expect(await house.put('grace', aboutMe(grace))).toBe(403)
  })

  test('a person cannot create again a deleted record that they could not change', async () => {
    const house = await started()
    await house.store.remove('Condition', 'condition-1', 'anything')
    const own = { ...aboutMe(grace), id: 'plan-1', resourceType: 'CarePlan' }
    await house.store.remove('CarePlan', 'plan-1', 'anything')
    const plan = {
      ...own,
      status: 'active',
      intent: 'plan',
      subject: grace,
      code: undefined,
      valueString: undefined,
      performer: undefined,
    }
    expect(await house.put('grace', plan)).toBe(403)
  })
})
