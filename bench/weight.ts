import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import { type Row, row } from './measure.ts'

/** What a browser must fetch before the first screen, as `npm run check` measures it, against its budget. */
export async function measureWeight(built: string): Promise<readonly Row[]> {
  const script = resolve('scripts/bundle-budget.ts')
  const { stdout } = await promisify(execFile)(process.execPath, [script], { cwd: resolve(built) })
  return [
    ...stdout.matchAll(/^(\S+): ([\d.]+) of (\d+) kB script, ([\d.]+) of (\d+) kB style/gm),
  ].flatMap(([, folder = '', ...sizes]) => {
    const [script = 0, scriptBudget = 0, style = 0, styleBudget = 0] = sizes.map(Number)
    const weighed = (what: string, value: number, plainValue: number) =>
      row({ what, on: folder, unit: 'kB gz', value, plain: 'its budget', plainValue })
    return [
      weighed('JavaScript before the first screen', script, scriptBudget),
      weighed('CSS before the first screen', style, styleBudget),
    ]
  })
}
