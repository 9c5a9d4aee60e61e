import type { ImportChunk } from './import-chunk.ts'

type Loose = {
  resourceType?: unknown
  id?: unknown
  entry?: { fullUrl?: string; resource?: Loose }[]
}

/** The id at the end of an entry's address: that of its record if the record itself has none. */
export function idInUrl(fullUrl: string | undefined): string | undefined {
  return /(?:^urn:uuid:|\/)([A-Za-z0-9\-.]{1,64})$/.exec(fullUrl ?? '')?.[1]
}

/** Ids of the people whose own record is in this part of a file. Text that is not FHIR has none. */
export function peopleIn(chunk: ImportChunk): readonly string[] {
  const texts =
    chunk.contentType === 'application/fhir+ndjson' ? chunk.body.split('\n') : [chunk.body]
  return texts.flatMap(peopleInText)
}

function peopleInText(text: string): readonly string[] {
  if (!text.includes('"Patient"')) return []
  try {
    const record = JSON.parse(text) as Loose | null
    const inside = (record?.entry ?? []).map(({ fullUrl, resource }) => ({ fullUrl, resource }))
    return [{ fullUrl: undefined, resource: record }, ...inside].flatMap(({ fullUrl, resource }) =>
      resource?.resourceType === 'Patient' ? idOf(resource, fullUrl) : [],
    )
  } catch {
    return []
  }
}

function idOf({ id }: Loose, fullUrl: string | undefined): readonly string[] {
  const named = typeof id === 'string' ? id : idInUrl(fullUrl)
  return named ? [named] : []
}

/** Whether a text can be FHIR at all: it starts like a JSON object, and its first record says what it is. */
export function looksLikeFhir(text: string): boolean {
  const start = text.trimStart()
  return start.startsWith('{') && start.includes('"resourceType"')
}
