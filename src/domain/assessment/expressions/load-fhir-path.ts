type FhirPath = typeof import('./fhir-path.ts')

let loaded: FhirPath | undefined

/** Loads the engine of expressions: 227 kB, so only where a form has some. The same on the server and in the browser. */
export async function loadFhirPath(): Promise<FhirPath> {
  loaded ??= await import('./fhir-path.ts')
  return loaded
}

/** Undefined until `loadFhirPath` has been awaited: expressions then say that they are not loaded. */
export const fhirPathNow = (): FhirPath | undefined => loaded
