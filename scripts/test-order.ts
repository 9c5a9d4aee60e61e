import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { basename, dirname, relative } from 'node:path'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** The files that ran longest on 29 November 2026: a short file can hold a long test, and none of these may start last. */
const longest = [
  'access-matrix',
  'many-writers',
  'access-matrix-writes',
  'beside-a-server',
  'access-matrix-relations',
  'access-matrix-labels',
  'lost-answers',
  'capabilities',
  'import-synthea',
  'exactly-once',
  'killed-server',
  'service',
  'pages',
  'writing',
]

/** How long `npm run unit -- --changed` may take in all, in milliseconds: two workers for a little less than a minute. */
const budget = 2 * 45_000
/** for a file that has not run here, milliseconds */
const usual = 2_000

/**
 * The longest files first. If only tests affected by a change were asked for, those nearest to it first, and no more than
 * fit into a minute: a change in a basic file affects nearly every test.
 */
export class TestOrder extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { changed } = this.ctx.config
    const sorted = (await super.sort(files)).toSorted((a, b) => placeOf(a) - placeOf(b))
    return changed ? this.#nearest(sorted, changedSince(changed)) : sorted
  }

  #nearest(files: readonly TestSpecification[], changed: readonly string[]): TestSpecification[] {
    const root = this.ctx.config.root
    const near = files
      .map((file) => ({ file, far: distance(relative(root, file.moduleId), changed) }))
      .toSorted((a, b) => a.far - b.far)
    let left = budget
    const held = near.filter(({ file }, at) => {
      left -= this.ctx.cache.getTestSpecificationResult(file)?.duration ?? usual
      return at === 0 || left > 0
    })
    if (held.length < files.length)
      process.stderr.write(
        `The ${held.length} test files nearest to the change, of ${files.length} that it affects: npm test runs all.\n`,
      )
    return held.map(({ file }) => file)
  }
}

function placeOf({ moduleId }: TestSpecification): number {
  const place = longest.indexOf(basename(moduleId).replace(/\.test\.tsx?$/, ''))
  return place < 0 ? longest.length : place
}

/** The files that differ from a commit, or from the last one, and those that git does not track yet. */
function changedSince(changed: string | boolean): readonly string[] {
  const names = (...args: string[]) => spawnSync('git', args, { encoding: 'utf8' }).stdout ?? ''
  const since = typeof changed === 'string' ? changed : 'HEAD'
  const all =
    names('diff', '--name-only', since) + names('ls-files', '--others', '--exclude-standard')
  return all.split('\n').filter(Boolean)
}

/** 0 if it was changed itself, 1 if it names a changed file, else 2 plus the number of folders between them. */
function distance(test: string, changed: readonly string[]): number {
  if (changed.includes(test)) return 0
  const text = readFileSync(test, 'utf8')
  return Math.min(
    ...changed.map((file) => (text.includes(`/${basename(file)}'`) ? 1 : 2 + between(test, file))),
    100,
  )
}

function between(a: string, b: string): number {
  const up = relative(dirname(a), dirname(b))
  return up === '' ? 0 : up.split('/').length
}
