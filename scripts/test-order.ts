import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { basename, dirname, relative } from 'node:path'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Files that run longest, by a run of 29 November 2026: a short file can hold a long test, and none may begin last. */
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

/** What `npm run unit -- --changed` may take together, in milliseconds: two workers for somewhat less than a minute. */
const budget = 2 * 45_000
/** for a file that has not run here, milliseconds */
const usual = 2_000

/**
 * The longest files first. Where only what leads to a change was asked for, the nearest to it first, and no more than
 * a minute holds: a change far down leads to nearly every test.
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
        `The ${held.length} files nearest to the change, of ${files.length} that lead to it: npm test runs all.\n`,
      )
    return held.map(({ file }) => file)
  }
}

function placeOf({ moduleId }: TestSpecification): number {
  const place = longest.indexOf(basename(moduleId).replace(/\.test\.tsx?$/, ''))
  return place < 0 ? longest.length : place
}

/** What differs from a commit, or from the last one, and what git does not know yet. */
function changedSince(changed: string | boolean): readonly string[] {
  const names = (...args: string[]) => spawnSync('git', args, { encoding: 'utf8' }).stdout ?? ''
  const since = typeof changed === 'string' ? changed : 'HEAD'
  const all =
    names('diff', '--name-only', since) + names('ls-files', '--others', '--exclude-standard')
  return all.split('\n').filter(Boolean)
}

/** 0 when it was changed itself, 1 when it names what was changed, else 2 and the folders between them. */
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
