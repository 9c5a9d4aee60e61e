import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** Somebody whose record comes from another system: where the file is, and what he is called. */
export type Life = Readonly<{ file: string; given: string; family: string }>

const own: Life = {
  file: join(import.meta.dirname, 'walter-brook.json'),
  given: 'Walter',
  family: 'Brook',
}

const shared = join(import.meta.dirname, '..', '..', '..', 'shared', 'data', 'synthea')

/** A whole simulated life of another generator where one lies beside the project, else the small one of our own. */
export function aLifeFromElsewhere(): Life {
  const name = existsSync(shared)
    ? readdirSync(shared).find((each) => each.startsWith('Donnell_Green'))
    : undefined
  return name ? { file: join(shared, name), given: 'Donnell', family: 'Green' } : own
}
