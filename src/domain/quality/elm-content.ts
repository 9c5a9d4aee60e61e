import type { Library } from '@medplum/fhirtypes'
import { type ElmLibrary, isElmNode } from './elm.ts'

/** Compiled CQL of one library, in characters. */
export const largestElm = 5 * 1024 * 1024

const elmJson = 'application/elm+json'

type Content = Readonly<{ elm?: ElmLibrary; fault?: string }>

/** The compiled CQL of a library, or what is wrong with it. */
export function elmIn(library: Library): Content {
  const name = library.name ?? library.id ?? library.url ?? 'without a name'
  const content = library.content?.find((each) => each.contentType === elmJson)?.data
  if (!content) return { fault: withoutElm(library, name) }
  if (content.length > (largestElm * 4) / 3)
    return { fault: `The library ${name} is larger than ${largestElm / 1024 / 1024} MB` }
  const read = jsonIn(content)
  const elm = isElmNode(read) ? read['library'] : undefined
  if (!isElmNode(elm)) return { fault: `The compiled CQL of the library ${name} cannot be read` }
  return { elm: elm as ElmLibrary }
}

function withoutElm(library: Library, name: string): string {
  const kinds = (library.content ?? []).map(({ contentType }) => contentType)
  if (kinds.includes('application/elm+xml'))
    return `The library ${name} has its compiled CQL as XML only. Send it as JSON (${elmJson})`
  return kinds.includes('text/cql')
    ? `The library ${name} holds CQL that was not compiled. Send it with its ELM (${elmJson})`
    : `The library ${name} holds no compiled CQL (${elmJson})`
}

function jsonIn(content: string): unknown {
  try {
    const bytes = Uint8Array.from(atob(content), (each) => each.charCodeAt(0))
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return undefined
  }
}

/** For keeping. */
export function elmContent(elm: ElmLibrary): Readonly<{ contentType: string; data: string }> {
  return { contentType: elmJson, data: base64Of(JSON.stringify({ library: elm })) }
}

export function base64Of(text: string): string {
  const bytes = new TextEncoder().encode(text)
  const parts: string[] = []
  for (let at = 0; at < bytes.length; at += 8192)
    parts.push(String.fromCharCode(...bytes.subarray(at, at + 8192)))
  return btoa(parts.join(''))
}
