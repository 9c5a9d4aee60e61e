import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { Bundle } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { type Caller, openHandler } from '#testing/handler.ts'
import { bringIn, countsOf, reasonsOf } from '#testing/import-answer.ts'
import { eachStore } from '#testing/stores.ts'

const folder = join(process.env['SHARED_DATA'] ?? '../shared/data', 'synthea')
const present = existsSync(folder)

eachStore('Lives from Synthea', (open) => {
  test.skipIf(!present)(
    'all 24 Synthea people and both organisation files come in whole, twice (skipped without ../shared/data)',
    async () => {
      const { sql } = await open()
      const amina = await (await openHandler({ sql })).as('amina')
      const files = readdirSync(folder).filter((name) => name.endsWith('.json.gz'))
      const texts = files.map((name) => gunzipSync(readFileSync(join(folder, name))).toString())
      const sizes = texts.map(sizeOf)
      for (const text of texts) {
        const { answer } = await bringIn(amina, text)
        expect([countsOf(answer)['refused'], reasonsOf(answer)]).toEqual([0, []])
      }
      for (const [index, text] of texts.entries()) {
        const again = countsOf((await bringIn(amina, text)).answer)
        const size = sizes[index]
        expect(again).toEqual({ created: 0, updated: 0, unchanged: size, keptOurs: 0, refused: 0 })
      }
      expect(sizes.length).toBe(26)
      const { rows } = await sql.query(
        `select count(*) > 10000 as many, array_agg(distinct f.to_rt || '/' || f.to_id)
             filter (where r.id is null) as lost
           from ref f left join resource r on r.rt = f.to_rt and r.id = f.to_id`,
      )
      // she brought them in, and is no part of these files
      expect(rows).toEqual([{ many: true, lost: ['Practitioner/amina-yusuf'] }])
      for (const text of texts) await expectWhole(amina, JSON.parse(text) as Bundle)
    },
    300_000,
  )
})

const sizeOf = (text: string): number => (JSON.parse(text) as Bundle).entry?.length ?? 0

/** Everything that came in with a person is given back by `$everything`. */
async function expectWhole(call: Caller, bundle: Bundle): Promise<void> {
  const person = bundle.entry?.find((each) => each.resource?.resourceType === 'Patient')?.resource
  if (!person) return
  const all = (await (await call(`/fhir/Patient/${person.id}/$everything`)).json()) as Bundle
  const given = new Set(
    all.entry?.map(({ resource }) => `${resource?.resourceType}/${resource?.id}`),
  )
  const missing = bundle.entry?.filter(
    ({ resource }) => !given.has(`${resource?.resourceType}/${resource?.id}`),
  )
  expect(missing).toEqual([])
}
