import { expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import {
  brook,
  council,
  patient,
  relationsServer,
  to,
} from '#test-support/access/relations-server.ts'
import { eachStore } from '#test-support/servers/stores.ts'

const patel = to('Practitioner/anil-patel')
const { generalPractitioner: _brook, ...bare } = patient
const role = (id: string, organization: object) => ({
  ...{ resourceType: 'PractitionerRole', id, organization },
  practitioner: to('Practitioner/karen-lee'),
})
const roles = [role('there', council), role('here', brook)]

eachStore('A person’s registration', (open) => {
  /** Created by the council, then registered with Brook Surgery, as `version` 2 or 3 of the Patient. */
  const started = async (registered: object) => {
    const server = await relationsServer(await open(), ...roles)
    await server.sql.query(`update resource set org = 'riverside-council' where id = $1`, [graceId])
    expect(await server.put('admin', { ...bare, ...registered }, 2)).toBe(200)
    const by = async (who: string, record: object) => {
      const resource = { ...record, resourceType: 'Patient', id: graceId }
      const steps = ['generalPractitioner', 'managingOrganization'].flatMap((name) => [
        ...(name in registered ? [{ op: 'remove', path: `/${name}` }] : []),
        ...(name in record
          ? [{ op: 'add', path: `/${name}`, value: (record as Record<string, unknown>)[name] }]
          : []),
      ])
      const patch = {
        ...{ method: 'PATCH', body: JSON.stringify(steps) },
        headers: { 'If-Match': 'W/"3"', 'Content-Type': 'application/json-patch+json' },
      }
      const request = { method: 'PUT', url: `Patient/${graceId}`, ifMatch: 'W/"3"' }
      const entry = [{ resource, request }]
      const bundle = (type: string) => ({
        ...{ method: 'POST', json: { resourceType: 'Bundle', type, entry } },
      })
      return {
        patched: (await server.send(who, `/Patient/${graceId}`, patch)).status,
        sent: (await server.send(who, '', bundle('transaction'))).status,
        batched: await (await server.send(who, '', bundle('batch'))).text(),
        brought: await server.importAs(who, resource),
        put: await server.put(who, resource, 3),
      }
    }
    return { ...server, by }
  }

  const gp = (...some: readonly object[]) => ({ generalPractitioner: some })
  const atBrook = gp(brook)

  test.each<readonly [string, object, object]>([
    ['another practice is added', atBrook, gp(brook, council)],
    ['another practice replaces it', atBrook, gp(council)],
    [
      'another organisation manages the record',
      atBrook,
      { ...atBrook, managingOrganization: council },
    ],
    [
      'another organisation manages the record, and no practice is left',
      atBrook,
      { managingOrganization: council },
    ],
    ['no practice is left, and the custodian would get access', atBrook, {}],
    ['only a doctor is left, and the custodian would get access', atBrook, gp(patel)],
    [
      'a doctor of another practice is added by a role',
      atBrook,
      gp(brook, to('PractitionerRole/there')),
    ],
    ['an unknown role is added', atBrook, gp(brook, to('PractitionerRole/unknown'))],
    [
      'a role of the practice is replaced by another practice',
      gp(to('PractitionerRole/here')),
      gp(council),
    ],
    ['one of two practices is removed', gp(brook, council), atBrook],
    [
      'the managing organisation is removed',
      { ...atBrook, managingOrganization: council },
      atBrook,
    ],
    ['the custodian would lose access', gp(patel), gp(patel, brook)],
  ])('is not changed by one side alone: %s', async (_what, registered, wished) => {
    const server = await started(registered)
    const answers = await server.by('amina', { ...bare, ...wished })
    expect(answers).toMatchObject({ patched: 403, sent: 403, put: 403 })
    expect(answers.batched).toContain('"status":"403"')
    const kept = await (await server.send('admin', `/Patient/${graceId}`)).json()
    expect(kept).toMatchObject({ ...registered, meta: { versionId: '3' } })
    expect(await server.put('admin', { ...bare, ...wished } as typeof patient, 3)).toBe(200)
  })

  test('is changed by the practice in its own matters, a role among them', async () => {
    const server = await started(atBrook)
    const own = { ...bare, ...gp(brook, to('PractitionerRole/here'), patel) }
    expect(await server.put('amina', own, 3)).toBe(200)
    expect(await server.put('amina', { ...bare, ...gp(to('PractitionerRole/here')) }, 4)).toBe(200)
    expect(await server.put('amina', { ...bare, managingOrganization: brook }, 5)).toBe(200)
  })
})
