import type { PractitionerRole } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { caseloadParameters } from '#domain/case/caseload-parameters.ts'
import { whoCoversAnswer } from '#domain/cover/who-covers.ts'
import { keepRole, rolesIn } from '#server/cover/kept-absences.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { StaleVersion } from '#server/store/store.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { beginCover, fortnight, refusalOf } from '#test-support/worlds/cover-world.ts'
import { bringIn, bundleOf, countsOf } from '#test-support/worlds/import-answer.ts'

eachStore('Absence and cover', (open) => {
  test('Only whoever is away and a manager of their organisation write down an absence, and nobody is asked why', async () => {
    const { keep, absences, sql } = await beginCover(open)
    expect((await keep('patel', { who: 'amina-yusuf' })).status, 'a colleague').toBe(403)
    for (const who of ['grace', 'chidi', 'admin'])
      expect((await keep(who, { who: 'amina-yusuf' })).status, who).toBe(403)
    expect((await keep('ruth', { who: 'tom-price' })).status, 'of another organisation').toBe(422)
    expect((await keep('amina')).status).toBe(200)
    expect((await keep('ruth', { who: 'amina-yusuf', until: '2026-12-13' })).status).toBe(200)
    expect((await keep('ruth', { who: 'anil-patel' })).status, 'the id of another').toBe(409)
    const { absences: all, colleagues } = await absences('ming')
    expect(all).toMatchObject([
      {
        ...{ id: 'a-1', from: '2026-12-02', until: '2026-12-13', state: 'planned' },
        ...{ who: { name: 'Amina Yusuf' }, cover: { name: 'Ming Zhao' }, by: 'Ruth Adler' },
      },
    ])
    expect(colleagues.map(({ who }) => who.name)).toEqual([
      ...['Amina Yusuf', 'Dr Anil Patel', 'Ming Zhao'],
    ])
    expect((await absences('tom')).absences, 'another organisation').toEqual([])
    const { rows } = await sql.query<{ content: unknown }>(
      `select content -> 'notAvailable' as content from resource where id = 'role-amina-yusuf'`,
    )
    expect(JSON.stringify(rows[0]?.content)).toContain('Away. Ming Zhao covers.')
  })

  const refused: readonly (readonly [string, object, string])[] = [
    ['the last day is before the first', { until: '2026-12-01' }, 'The last day away'],
    ['it began yesterday', { from: '2026-11-29' }, 'from today on'],
    ['it is no day', { from: '2026-02-30' }, 'YYYY-MM-DD'],
    ['it lasts longer than 92 days', { until: '2027-03-04' }, '92 days at most'],
    ['it is too far ahead', { from: '2027-12-02', until: '2027-12-03' }, 'within 366 days'],
    ['nobody covers', { cover: '' }, 'Say who covers'],
    ['they cover themselves', { cover: 'amina-yusuf' }, 'Somebody else covers'],
    ['the cover works elsewhere', { cover: 'tom-price' }, 'the same organisation'],
  ]
  test.each(refused)('An absence is refused in words if %s', async (_why, asked, words) => {
    const { keep, absences } = await beginCover(open)
    const answer = await refusalOf(await keep('amina', asked))
    expect(answer.status).toBe(422)
    expect(answer.words).toContain(words)
    expect((await absences('amina')).absences).toEqual([])
  })

  test('Cover is never passed on: whoever covers is there, and whoever goes away covers nobody then', async () => {
    const { keep } = await beginCover(open)
    expect((await keep('amina')).status).toBe(200)
    const ming = { id: 'a-2', cover: 'anil-patel', from: '2026-12-14', until: '2026-12-20' }
    const away = await refusalOf(await keep('ming', ming))
    expect(away.status).toBe(422)
    expect(away.words).toContain(
      'Ming Zhao covers for Amina Yusuf from 2026-12-02 to 2026-12-14: name another cover for that first',
    )
    expect((await keep('ming', { ...ming, from: '2026-12-15' })).status).toBe(200)
    const longer = await refusalOf(await keep('amina', { until: '2026-12-15' }))
    expect(longer.words).toContain('Ming Zhao is away from 2026-12-15 to 2026-12-20')
    expect((await keep('amina', { until: '2026-12-15', cover: 'anil-patel' })).status).toBe(200)
    expect((await keep('ming', { ...ming, from: '2026-12-16', cover: 'amina-yusuf' })).status).toBe(
      200,
    )
    const twice = await refusalOf(await keep('amina', { id: 'a-3' }))
    expect(twice.words).toContain('already away from 2026-12-02 to 2026-12-15')
  })

  test('Two who write absences at once cannot break each other’s cover', async () => {
    const { keep } = await beginCover(open)
    const answers = await Promise.all([
      keep('amina'),
      keep('ming', { id: 'a-2', cover: 'amina-yusuf' }),
    ])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 422])
  })

  test('While somebody is away the cover has their people on Today and in the caseload, and only then', async () => {
    const { server, keep, today, passDays, end } = await beginCover(open)
    const caseload = async (who: string) =>
      caseloadParameters.read(await (await (await server.as(who))('/fhir/$caseload')).json()).people
    await keep('amina')
    expect((await today('ming')).people).toEqual([])
    expect((await today('amina')).items.map(({ whose }) => whose?.name)).toContain('Amina Yusuf')
    passDays(2)
    const mine = await today('ming')
    expect(mine.people.map(({ id }) => id).toSorted()).toEqual(['Huw', 'Rahima', 'Zofia'])
    const until = { name: 'Amina Yusuf', until: '2026-12-14' }
    expect(mine.people.map(({ coverFor }) => coverFor)).toEqual([until, until, until])
    expect(mine.items[0]).toMatchObject({
      ...{ whose: { name: 'Ming Zhao' }, coverFor: until },
    })
    expect((await today('amina')).items[0], 'as colleagues and Amina read it').toMatchObject({
      ...{ whose: { name: 'Ming Zhao' } },
    })
    const listed = await caseload('ming')
    expect(listed.toSorted((one, other) => one.person.localeCompare(other.person))).toMatchObject(
      ['Huw', 'Rahima', 'Zofia'].map((person) => ({
        ...{ person, coverFor: 'Amina Yusuf', coverUntil: '2026-12-14' },
      })),
    )
    expect((await today('tom')).people, 'elsewhere').toEqual([])
    passDays(12)
    expect((await today('ming')).people, 'on the 14th').toHaveLength(3)
    passDays(1)
    expect((await today('ming')).people, 'on the 15th').toEqual([])
    expect((await end('amina', 'a-1', true)).status).toBe(200)
  })

  test('By day in the zone of the service: it begins at midnight there', async () => {
    const { server, keep, today } = await beginCover(open)
    await keep('amina')
    server.pass(38 * 60 + 59)
    expect((await today('ming')).people, '1 December, 23:59').toEqual([])
    server.pass(1)
    expect((await today('ming')).people, '2 December, 0:00').toHaveLength(3)
  })

  test('The person reads until when somebody is away and whom to ask, and nobody reads why', async () => {
    const { server, keep, passDays } = await beginCover(open)
    const asked = async (who: string) =>
      await (await server.as(who))('/fhir/Patient/Huw/$who-covers')
    const away = async () => whoCoversAnswer.read(await (await asked('patel')).json()).away
    await keep('amina')
    expect(await away()).toBeUndefined()
    passDays(2)
    const said = { name: 'Amina Yusuf', until: '2026-12-14', cover: 'Ming Zhao' }
    expect(await away()).toMatchObject(said)
    expect((await asked('tom')).status, 'no relation').toBe(404)
    passDays(13)
    expect(await away()).toBeUndefined()
  })

  test('It ends early on the day of coming back, is withdrawn before it begins, and is read once it is over', async () => {
    const { keep, end, absences, today, passDays } = await beginCover(open)
    await keep('amina')
    expect((await end('ming')).status, 'by the cover').toBe(403)
    expect((await end('amina', 'a-1', true)).status, 'read before it is over').toBe(409)
    expect((await end('ruth')).status).toBe(200)
    expect((await absences('amina')).absences, 'withdrawn').toEqual([])
    await keep('amina')
    passDays(5)
    expect((await end('amina')).status).toBe(200)
    expect((await absences('amina')).absences).toMatchObject([
      { until: '2026-12-04', planned: '2026-12-14', state: 'back' },
    ])
    expect((await today('ming')).people).toEqual([])
    expect((await keep('amina')).status, 'changed when it is over').toBe(409)
    expect((await end('ruth', 'a-1', true)).status, 'read by another').toBe(403)
    expect((await end('amina', 'a-1', true)).status).toBe(200)
    expect((await absences('amina')).absences).toMatchObject([{ state: 'read' }])
    expect((await end('amina', 'a-9')).status).toBe(404)
  })

  test('Another way of writing the role leaves the absences as they stand', async () => {
    const { server, keep, absences } = await beginCover(open)
    await keep('amina')
    const admin = await server.as('admin')
    const path = '/fhir/PractitionerRole/role-amina-yusuf'
    const { notAvailable, ...role } = (await (await admin(path)).json()) as {
      notAvailable: unknown
      meta: { versionId: string }
    }
    expect(notAvailable).toHaveLength(1)
    const headers = { 'If-Match': `W/"${role.meta.versionId}"` }
    expect((await admin(path, { method: 'PUT', json: role, headers })).status).toBe(200)
    expect((await absences('amina')).absences).toMatchObject([{ id: fortnight.id }])
  })

  test('What an administrator changed between reading and writing a role stands', async () => {
    const { sql, store } = await open()
    const role = {
      ...{ resourceType: 'PractitionerRole' as const, id: 'role-1', active: true },
      practitioner: { reference: 'Practitioner/amina-yusuf' },
      organization: { reference: 'Organization/brook-surgery' },
    }
    await store.write({ resource: role, expect: 'absent' })
    const context = { service: { sql, store } } as unknown as RequestContext
    const [read] = await rolesIn(context, 'brook-surgery')
    await store.write({ resource: { ...role, active: false }, expect: 'anything' })
    const late = { ...role, ...read, notAvailable: [{ description: 'Away' }] }
    const why = { way: '$keep-absence', why: '' }
    await expect(keepRole(context, late, why)).rejects.toThrow(new StaleVersion(2))
    expect(await rolesIn(context, 'brook-surgery')).toEqual([])
  })

  test.each([
    ['without days away', undefined],
    ['with other days away', [{ description: 'Closed', during: { start: '2026-12-24' } }]],
    ['with an absence of its own', 'forged'],
  ] as const)('A file with the role %s leaves the absences as they stand', async (_what, days) => {
    const { server, keep, absences } = await beginCover(open)
    await keep('amina')
    const stands = (await absences('amina')).absences
    const admin = await server.as('admin')
    const { notAvailable, ...role } = (await (
      await admin('/fhir/PractitionerRole/role-amina-yusuf')
    ).json()) as PractitionerRole
    const forged = JSON.parse(
      JSON.stringify(notAvailable).replaceAll('a-1', 'a-9').replaceAll('ming-zhao', 'anil-patel'),
    )
    const coming = days === 'forged' ? forged : days
    const fileOf = (id: string, more: object) =>
      bundleOf('collection', [
        { ...role, id, ...(coming ? { notAvailable: coming } : {}), ...more },
      ])
    // what was written here is kept
    const { answer } = await bringIn(admin, fileOf(role.id ?? '', { active: false }))
    expect(countsOf(answer)).toMatchObject({ keptOurs: 1, refused: 0 })
    expect((await absences('amina')).absences).toEqual(stands)
    // a role of the file’s own has none, and gets none from it later
    const created = await bringIn(admin, fileOf('role-new', {}))
    expect(countsOf(created.answer)).toMatchObject({ created: 1 })
    const updated = await bringIn(admin, fileOf('role-new', { availabilityExceptions: 'Later' }))
    expect(countsOf(updated.answer)).toMatchObject({ updated: 1 })
    expect((await absences('amina')).absences).toEqual(stands)
  })
})
