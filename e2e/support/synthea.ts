import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const folder = join(import.meta.dirname, '..', '..', '..', 'shared', 'data', 'synthea')

/** A bundle of one simulated life, as another system sends it; absent where the project stands alone. */
export function syntheaFile(startOfName: string): string | undefined {
  if (!existsSync(folder)) return undefined
  const name = readdirSync(folder).find((each) => each.startsWith(startOfName))
  return name ? join(folder, name) : undefined
}
