// Compiles the measures in CQL and writes their bundles; with --check says whether the kept ones are the compiled ones.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { compileCql } from './measures/compile-cql.ts'
import { measureBundleOf } from './measures/measure-bundle-of.ts'
import { ownMeasures } from './measures/own-measures.ts'
import { testMeasureOf } from './measures/test-measure.ts'

const own = new URL('../src/server/hosts/node/cql/own/', import.meta.url)
const forTests = new URL('../src/test-support/measures/', import.meta.url)
const isCheck = process.argv.includes('--check')

const textIn = (folder: URL, name: string) => readFileSync(new URL(name, folder), 'utf8')

function keep(place: URL, bundle: object): void {
  const text = `${JSON.stringify(bundle, null, 2)}\n`
  if (!isCheck) writeFileSync(place, text)
  else if (JSON.stringify(JSON.parse(readFileSync(place, 'utf8'))) !== JSON.stringify(bundle)) {
    process.stderr.write(
      `${fileURLToPath(place)} is not what its CQL compiles to: node scripts/measures.ts\n`,
    )
    process.exitCode = 1
  }
}

for (const measure of ownMeasures) {
  const cql = textIn(own, `${measure.name}.cql`)
  keep(new URL(`${measure.name}.json`, own), measureBundleOf(measure, cql, compileCql(cql)))
}

const helpers = textIn(forTests, 'FHIRHelpers.cql')
const poorControl = textIn(forTests, 'DiabetesPoorControl.cql')
const sources = new Map([['FHIRHelpers', helpers]])
keep(
  new URL('diabetes-poor-control.json', forTests),
  testMeasureOf(compileCql(poorControl, sources), compileCql(helpers)),
)
