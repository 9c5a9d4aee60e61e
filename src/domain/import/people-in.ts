import type { ImportChunk } from './chunks.ts'

type Loose = { resourceType?: unknown; id?: unknown; entry?: { resource?: Loose }[] }

/** Ids of the people whose own record is in this part of a file. Text that is no FHIR holds none. */
export function peopleIn(chunk: ImportChunk): readonly string[] {
  const texts =
    chunk.contentType === 'application/fhir+ndjson' ? chunk.body.split('\n') : [chunk.body]
  return texts.flatMap(peopleInText)
}

function peopleInText(text: string): readonly string[] {
  if (!text.includes('"Patient"')) return []
  try {
    const record = JSON.parse(text) as Loose | null
    const inside = record?.entry?.map((each) => each.resource) ?? []
    return [record, ...inside].flatMap((each) =>
      each?.resourceType === 'Patient' && typeof each.id === 'string' ? [each.id] : [],
    )
  } catch {
    return []
  }
}

/** Whether a text can be FHIR at all: it begins as a JSON object does, and its first record says what it is. */
export function looksLikeFhir(text: string): boolean {
  const start = text.trimStart()
  return start.startsWith('{') && start.includes('"resourceType"')
}
