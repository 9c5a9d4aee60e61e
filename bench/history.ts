import { execFileSync } from 'node:child_process'
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import * as v from 'valibot'
import { checkedJson } from '#domain/fhir/checked-json.ts'
import type { Row } from './measure.ts'

/**
 * The ratios of each version, one file a version in `bench/history`, so that a slower commit is noticed: they are committed
 * with the code that they measured. Only ratios, because times from another machine cannot be compared.
 */
const folder = 'bench/history'
/** A row that costs more than this many times its last figure is reported; less is noise on a busy machine. */
const worth = 1.3

const versionShape = v.object({
  commit: v.string(),
  at: v.string(),
  ratios: v.record(v.string(), v.number()),
})

type Version = v.InferOutput<typeof versionShape>

const nameOf = ({ what, on }: Row) => `${what}, ${on}`

const git = (...args: readonly string[]) =>
  execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()

/** The commit that is measured and its time; undefined outside a checkout, or with changes that are not committed. */
function measured(): Readonly<{ commit: string; at: string }> | undefined {
  try {
    if (git('status', '--porcelain', '--untracked-files=no', '--', 'src', 'bench')) return undefined
    return { commit: git('rev-parse', '--short=8', 'HEAD'), at: git('log', '-1', '--format=%cI') }
  } catch {
    return undefined
  }
}

function read(file: string): Version {
  const version = checkedJson(versionShape, readFileSync(file, 'utf8'))
  if (!version) throw new Error(`${file} is not the record of a version`)
  return version
}

/** Stores the rows under the version that was measured; returns the text to print. */
export function keepHistory(rows: readonly Row[]): string {
  const version = measured()
  if (!version) return 'Not kept in bench/history: this is no committed version.'
  const file = `${folder}/${version.commit}.json`
  const known = existsSync(file) ? read(file).ratios : {}
  const ratios = { ...known, ...Object.fromEntries(rows.map((row) => [nameOf(row), row.ratio])) }
  mkdirSync(folder, { recursive: true })
  writeFileSync(file, `${JSON.stringify({ ...version, ratios }, null, 2)}\n`)
  const earlier = globSync(`${folder}/*.json`)
    .map(read)
    .filter(({ at, commit }) => commit !== version.commit && at <= version.at)
    .toSorted((one, other) => one.at.localeCompare(other.at))
  return [`Kept in ${file}.`, ...slower(rows, earlier)].join('\n')
}

/** Each row beside the last version that has it. */
function slower(rows: readonly Row[], earlier: readonly Version[]): readonly string[] {
  return rows.flatMap((row) => {
    const last = earlier.findLast(({ ratios }) => nameOf(row) in ratios)
    const before = last?.ratios[nameOf(row)]
    if (!last || !before || row.ratio <= before * worth) return []
    return [`Slower than ${last.commit}: ${nameOf(row)}, ${before} × then, ${row.ratio} × now`]
  })
}
