import { livesLikeSynthea } from '#test-support/synthea/synthea-like.ts'

/** A person whose record comes from another system: its files, and the person’s name. */
export type Life = Readonly<{
  files: { name: string; mimeType: string; buffer: Buffer }[]
  given: string
  family: string
}>

/** A complete simulated life, with the files of the hospitals and practitioners that it names. */
export function aLifeFromElsewhere(): Life {
  const made = livesLikeSynthea(1, 400)
  const [given = '', family = ''] = made.at(-1)?.name.split('_') ?? []
  const files = made.map(({ name, text }) => ({
    ...{ name, mimeType: 'application/fhir+json', buffer: Buffer.from(text) },
  }))
  return { files, given, family }
}
