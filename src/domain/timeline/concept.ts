import type { CodeableConcept } from '@medplum/fhirtypes'
import type { NamedThing } from './event.ts'

/** The name of a concept: its text, a display, otherwise its code. Never a guess. */
export function named(concept: CodeableConcept | undefined): NamedThing {
  const display = concept?.coding?.find((each) => each.display)?.display
  const text = concept?.text ?? display
  if (text) return { as: 'words', text: withoutTag(text) }
  const coding = concept?.coding?.find((each) => each.code)
  if (!coding?.code) return { as: 'none' }
  return { as: 'code', code: coding.code, ...(coding.system ? { system: coding.system } : {}) }
}

/** SNOMED CT names end in a tag for their hierarchy; readers need the name. */
const tags =
  /\s*\((procedure|disorder|finding|situation|regime\/therapy|observable entity|event|qualifier value|substance)\)$/

function withoutTag(text: string): string {
  return text.replace(tags, '')
}

export function words(text: string | undefined): NamedThing {
  return text ? { as: 'words', text } : { as: 'none' }
}

/** The text of a concept for a line of detail; undefined if it has only a code or nothing. */
export function conceptText(concept: CodeableConcept | undefined): string | undefined {
  const name = named(concept)
  if (name.as === 'words') return name.text
  return name.as === 'code' ? name.code : undefined
}
