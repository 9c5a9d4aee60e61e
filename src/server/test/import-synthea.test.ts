import type { Bundle } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { type Caller, openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { livesLikeSynthea } from '#test-support/synthea/synthea-like.ts'
import { bringIn, countsOf, reasonsOf } from '#test-support/worlds/import-answer.ts'

const files = livesLikeSynthea(2)

eachStore('Synthea-like records', (open) => {
  test('people with a thousand records each and the two files they refer to are imported whole, twice', async () => {
    const { sql } = await open()
    const amina = await (await openHandler({ sql })).as('amina')
    expect(Math.min(...files.slice(2).map(({ records }) => records))).toBeGreaterThan(980)
    for (const { text, records } of files) {
      const { answer } = await bringIn(amina, text)
      expect([reasonsOf(answer), countsOf(answer)]).toEqual([[], all('created', records)])
    }
    for (const { text, records } of files) {
      const { answer } = await bringIn(amina, text)
      expect(countsOf(answer)).toEqual(all('unchanged', records))
    }
    const { rows } = await sql.query(
      `select count(*) > 4000 as many, array_agg(distinct f.to_rt || '/' || f.to_id)
           filter (where r.id is null) as lost
         from ref f left join resource r on r.rt = f.to_rt and r.id = f.to_id where f.key is not null`,
    )
    // she imported them, and is not in these files
    expect(rows).toEqual([{ many: true, lost: ['Practitioner/amina-yusuf'] }])
    for (const { text } of files) await expectWhole(amina, JSON.parse(text) as Bundle)
  })

  test('a person imported before their practitioners: the affected records are refused with who is missing', async () => {
    const { sql } = await open()
    const amina = await (await openHandler({ sql })).as('amina')
    const [hospitals, practitioners, person] = files
    await bringIn(amina, hospitals?.text ?? '')
    const { answer } = await bringIn(amina, person?.text ?? '')
    const { created = 0, refused = 0 } = countsOf(answer)
    expect([created > 0, refused > 0, created + refused]).toEqual([true, true, person?.records])
    expect(reasonsOf(answer)).toHaveLength(refused)
    for (const reason of reasonsOf(answer))
      expect(reason).toMatch(/Practitioner\?identifier=.*import that one first/)
    await bringIn(amina, practitioners?.text ?? '')
    const again = await bringIn(amina, person?.text ?? '')
    expect(countsOf(again.answer)).toMatchObject({
      created: refused,
      unchanged: created,
      refused: 0,
    })
  })
})

const all = (how: string, records: number) => ({
  ...{ created: 0, updated: 0, unchanged: 0, keptOurs: 0, refused: 0, [how]: records },
})

/** Expects that `$everything` returns every imported record of the person. */
async function expectWhole(call: Caller, bundle: Bundle): Promise<void> {
  const person = bundle.entry?.find((each) => each.resource?.resourceType === 'Patient')?.resource
  if (!person) return
  const whole = (await (await call(`/fhir/Patient/${person.id}/$everything`)).json()) as Bundle
  const given = new Set(
    whole.entry?.map(({ resource }) => `${resource?.resourceType}/${resource?.id}`),
  )
  const missing = bundle.entry?.filter(
    ({ resource }) => !given.has(`${resource?.resourceType}/${resource?.id}`),
  )
  expect(missing).toEqual([])
}
