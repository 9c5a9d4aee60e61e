import type { Questionnaire } from '@medplum/fhirtypes'

export type ReadQuestionnaire =
  | Readonly<{ kind: 'questionnaire'; questionnaire: Questionnaire }>
  /** `detail`: what the text is instead, or where it cannot be read */
  | Readonly<{ kind: 'not-json' | 'not-one'; detail: string }>

/** A questionnaire in pasted text or in a file. */
export function readQuestionnaire(text: string): ReadQuestionnaire {
  const read = parsed(text)
  if ('fault' in read) return { kind: 'not-json', detail: read.fault }
  const { value } = read
  const type =
    typeof value === 'object' && value !== null && 'resourceType' in value
      ? String(value.resourceType)
      : ''
  if (type !== 'Questionnaire') return { kind: 'not-one', detail: type }
  return { kind: 'questionnaire', questionnaire: value as Questionnaire }
}

function parsed(text: string): Readonly<{ value: unknown }> | Readonly<{ fault: string }> {
  try {
    // a file may begin with a mark of its encoding
    return { value: JSON.parse(text.replace(/^\uFEFF/, '')) }
  } catch (fault) {
    return { fault: fault instanceof Error ? fault.message : String(fault) }
  }
}
