import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { Bundle, Resource } from '@medplum/fhirtypes'
import { describe, expect, test } from 'vitest'
import { isAboutPeople } from '#api/fhir/person-of.ts'
import type { Scope } from '#domain/access/scope.ts'
import { eachStore } from '#testing/stores.ts'
import type { WriteRequest } from './store.ts'

const folder = join(process.env['SHARED_DATA'] ?? '../shared/data', 'synthea')
const all: Scope = { people: { kind: 'all' } }

if (existsSync(folder)) {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json.gz'))
  eachStore('24 lives from Synthea', (open) => {
    test('come in whole, resolve in every reference, and change nothing a second time', async () => {
      const { store, sql } = await open()
      const bundles = files.map(requestsIn)
      for (const requests of bundles) await store.writeMany(requests)
      for (const requests of bundles) {
        const again = await store.writeMany(requests)
        // the files describe shared hospitals differently (their visit counts): only those may change
        const changed = again.filter((each) => each.outcome !== 'unchanged')
        expect(changed.filter((each) => isAboutPeople(each.kept.type))).toEqual([])
      }
      const { rows } = await sql.query<{ lost: number; orphans: number; references: number }>(
        `select (select count(*)::int from ref) as references,
          (select count(*)::int from ref f where not exists (
            select 1 from resource r where r.rt = f.to_rt and r.id = f.to_id)) as lost,
          (select count(*)::int from resource where person = '*') as orphans`,
      )
      expect(rows[0]).toMatchObject({ lost: 0, orphans: 0 })
      expect(rows[0]?.references).toBeGreaterThan(10_000)
      for (const requests of bundles) await expectWhole(requests)

      async function expectWhole(requests: readonly WriteRequest[]) {
        const person = requests.find((each) => each.resource.resourceType === 'Patient')?.resource
          .id
        if (!person) return
        const page = { count: 5_000, offset: 0 }
        const given = (await store.everything(person, all, page)).resources.map(
          (each) => `${each.resourceType}/${each.id}`,
        )
        const own = requests.filter((each) => isAboutPeople(each.resource.resourceType))
        const names = own.map((each) => `${each.resource.resourceType}/${each.resource.id}`)
        expect(names.filter((each) => !given.includes(each))).toEqual([])
      }
    }, 600_000)
  })
} else {
  describe('24 lives from Synthea', () => {
    test.skip(`skipped: the folder ${folder} is not here (set SHARED_DATA)`, () => {})
  })
}

/** The bundle's records with `urn:uuid` replaced by the names that they get. */
function requestsIn(file: string): readonly WriteRequest[] {
  const text = gunzipSync(readFileSync(join(folder, file))).toString('utf8')
  const bundle = JSON.parse(text) as Bundle
  let named = text
  for (const { fullUrl, resource } of bundle.entry ?? [])
    if (fullUrl && resource)
      named = named.replaceAll(`"${fullUrl}"`, `"${resource.resourceType}/${resource.id}"`)
  return ((JSON.parse(named) as Bundle).entry ?? []).map(({ resource }) => ({
    resource: resource as Resource & { id: string },
    expect: 'anything' as const,
    skipIfSame: true,
  }))
}
