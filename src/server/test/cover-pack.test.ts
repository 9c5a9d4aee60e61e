import { expect, test } from 'vitest'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { exceptionsOf } from '#server/cover/kept-absences.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { beginCover, refusalOf } from '#test-support/worlds/cover-world.ts'
import { bringIn, bundleOf, countsOf } from '#test-support/worlds/import-answer.ts'

const task = {
  ...{ resourceType: 'Task', id: 't-1', status: 'requested', intent: 'order' },
  ...{ for: { reference: 'Patient/Huw' }, description: 'Ring about the rail' },
  owner: { reference: 'Practitioner/amina-yusuf', display: 'Amina Yusuf' },
  restriction: { period: { end: '2026-12-04' } },
} as ResourceWithId

const ids = (people: readonly { id: string }[]) => people.map(({ id }) => id).toSorted()

eachStore('What whoever covers should know', (open) => {
  async function begin() {
    const begun = await beginCover(open, [task])
    await begun.keep('amina')
    return begun
  }

  test('is one page from the records, for whoever is away and whoever covers, and for nobody else', async () => {
    const { pack } = await begin()
    const own = await pack('amina')
    expect(ids(own.people)).toEqual(['Huw', 'Rahima', 'Zofia'])
    const { people } = await pack('ming')
    expect(people.find(({ id }) => id === 'Huw')).toMatchObject({
      ...{ cover: { name: 'Ming Zhao' } },
      promises: [{ what: 'Ring about the rail', owner: 'Amina Yusuf', due: '2026-12-04' }],
    })
    for (const who of ['patel', 'tom']) expect((await pack(who)).status, who).toBe(404)
    for (const who of ['ruth', 'grace', 'admin']) expect((await pack(who)).status, who).toBe(403)
  })

  test('Allergies stand for themselves, and that nothing is recorded is not the same as none', async () => {
    const { pack, server } = await begin()
    const allergy = (id: string, person: string, code: object) =>
      ({
        ...{ resourceType: 'AllergyIntolerance', id, code },
        patient: { reference: `Patient/${person}` },
        clinicalStatus: { coding: [{ code: 'active' }] },
      }) as ResourceWithId
    await server.seed(
      [
        allergy('al-1', 'Huw', { text: 'Penicillin' }),
        allergy('al-2', 'Zofia', {
          coding: [{ system: 'http://snomed.info/sct', code: '716186003' }],
          text: 'No known allergy',
        }),
      ],
      'brook-surgery',
    )
    const { people } = await pack('ming')
    const allergiesOf = (person: string) => {
      const found = people.find(({ id }) => id === person)
      return [found?.allergiesKnown, found?.allergies, found?.risks]
    }
    expect(allergiesOf('Huw')).toEqual([true, ['Penicillin'], []])
    expect(allergiesOf('Zofia')).toEqual([true, [], []])
    expect(allergiesOf('Rahima')).toEqual([false, [], []])
  })

  test('One person is given to another colleague, who has them on Today, and the others stay with the first', async () => {
    const { noteOn, pack, passDays, today } = await begin()
    expect(
      (await noteOn('amina', 'Huw', { cover: 'anil-patel', words: 'Hates the phone.' })).status,
    ).toBe(200)
    expect((await pack('patel')).people).toMatchObject([
      { id: 'Huw', note: { words: 'Hates the phone.', by: 'Amina Yusuf', version: 1 } },
    ])
    expect(ids((await pack('ming')).people)).toEqual(['Rahima', 'Zofia'])
    passDays(2)
    expect(ids((await today('patel')).people)).toEqual(['Huw'])
    expect(ids((await today('ming')).people)).toEqual(['Rahima', 'Zofia'])
  })

  test('The words are those of whoever is away, and nothing is overwritten that was not read', async () => {
    const { noteOn, pack, server } = await begin()
    expect((await noteOn('ming', 'Huw', { words: 'x' })).status, 'by the cover').toBe(403)
    expect((await noteOn('amina', 'Far', { words: 'x' })).status, 'not theirs').toBe(404)
    expect((await noteOn('amina', 'Huw', { words: 'First' })).status).toBe(200)
    expect((await noteOn('amina', 'Huw', { words: 'Second' })).status, 'not read').toBe(412)
    expect((await noteOn('amina', 'Huw', { words: 'Second', version: 1 })).status).toBe(200)
    const long = await noteOn('amina', 'Huw', { words: 'x'.repeat(2001), version: 2 })
    expect(long.status).toBe(422)
    const [huw] = (await pack('ming')).people.filter(({ id }) => id === 'Huw')
    expect(huw?.note?.words).toBe('Second')
    const amina = await server.as('amina')
    const found = (await (await amina('/fhir/Basic?patient=Huw')).json()) as {
      entry?: readonly { resource: { id: string } }[]
    }
    const id = found.entry?.[0]?.resource.id
    expect(id).toBeDefined()
    const change = {
      method: 'PUT',
      json: found.entry?.[0]?.resource,
      headers: { 'If-Match': 'W/"2"' },
    }
    expect((await amina(`/fhir/Basic/${id}`, change)).status, 'another way').toBe(403)
  })

  test('No file brings in what a colleague should know, or changes it', async () => {
    const { noteOn, pack, server } = await begin()
    await noteOn('amina', 'Huw', { words: 'First' })
    const amina = await server.as('amina')
    const found = await (await amina('/fhir/Basic?patient=Huw')).json()
    const note = found.entry[0].resource
    const other = JSON.parse(JSON.stringify(note).replaceAll('First', 'Forged'))
    const admin = await server.as('admin')
    for (const who of [amina, admin])
      for (const id of [note.id, 'cover-of-another']) {
        const { answer } = await bringIn(who, bundleOf('collection', [{ ...other, id }]))
        expect(countsOf(answer), id).toMatchObject({ created: 0, updated: 0, refused: 1 })
      }
    expect((await pack('ming')).people.find(({ id }) => id === 'Huw')?.note?.words).toBe('First')
  })

  test('Whoever covers for one person is there too, and goes away only after another was named', async () => {
    const { noteOn, keep } = await begin()
    const elsewhere = await refusalOf(await noteOn('amina', 'Huw', { cover: 'tom-price' }))
    expect(elsewhere.words).toContain('the same organisation')
    await noteOn('amina', 'Huw', { cover: 'anil-patel' })
    const away = { id: 'a-2', cover: 'ming-zhao', from: '2026-12-14', until: '2026-12-16' }
    const refused = await refusalOf(await keep('patel', away))
    expect(refused.words).toContain('Dr Anil Patel covers for Amina Yusuf')
    expect((await keep('patel', { ...away, from: '2026-12-15' })).status).toBe(200)
    const longer = await refusalOf(await keep('amina', { until: '2026-12-15' }))
    expect(longer.words).toContain('Dr Anil Patel is away from 2026-12-15')
  })

  test('Words are left for a case of the organisation, whatever other cases there are', async () => {
    const about = { reference: 'Patient/Nia' }
    const caseOf = (id: string, place: string, manager: string) => ({
      ...{ resourceType: 'EpisodeOfCare', id, status: 'active', patient: about },
      managingOrganization: { reference: `Organization/${place}` },
      careManager: { reference: `Practitioner/${manager}` },
    })
    const { keep, noteOn } = await beginCover(open, [
      caseOf('a-case', 'st-annes-hospital', 'tom-price'),
      {
        ...{ resourceType: 'Patient', id: 'Nia', name: [{ family: 'Nia', given: ['Ann'] }] },
        generalPractitioner: [{ reference: 'Organization/brook-surgery' }],
      },
      caseOf('case-Nia', 'brook-surgery', 'amina-yusuf'),
    ] as ResourceWithId[])
    await keep('amina')
    const answer = await noteOn('amina', 'Nia', { words: 'Rings at ten.' })
    expect(answer.status, await answer.clone().text()).toBe(200)
  })

  test('Only the notes of the absences that are asked for are read', async () => {
    const { keep, noteOn, sql } = await beginCover(open)
    await keep('amina')
    const other = { cover: 'anil-patel', words: 'Rings at ten.' }
    expect((await noteOn('amina', 'Huw', other)).status).toBe(200)
    const read: number[] = []
    const query = async <R>(text: string, values: readonly unknown[] = []) => {
      const found = await sql.query<R>(text, [...values])
      read.push(found.rows.length)
      return found
    }
    expect(await exceptionsOf({ query }, ['a-1'])).toMatchObject([{ person: 'Huw' }])
    expect(await exceptionsOf({ query }, ['a-2'])).toEqual([])
    expect(read).toEqual([1, 0])
  })
})
