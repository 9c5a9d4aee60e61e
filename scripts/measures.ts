// Compiles the measures in CQL and writes their bundles; with --check says whether the kept ones are the compiled ones.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { compileCql } from './measures/compile-cql.ts'
import { measureBundleOf } from './measures/measure-bundle-of.ts'
import { ownMeasures } from './measures/own-measures.ts'

const folder = new URL('../src/server/hosts/node/cql/own/', import.meta.url)
const isCheck = process.argv.includes('--check')

for (const measure of ownMeasures) {
  const cql = readFileSync(new URL(`${measure.name}.cql`, folder), 'utf8')
  const place = new URL(`${measure.name}.json`, folder)
  const text = `${JSON.stringify(measureBundleOf(measure, cql, compileCql(cql)), null, 2)}\n`
  if (!isCheck) writeFileSync(place, text)
  else if (readFileSync(place, 'utf8') !== text) {
    process.stderr.write(
      `${fileURLToPath(place)} is not what its CQL compiles to: node scripts/measures.ts\n`,
    )
    process.exitCode = 1
  }
}
