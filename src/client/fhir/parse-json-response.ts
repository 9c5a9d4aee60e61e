/**
 * The JSON of an answer, also of a refusal; undefined if it is not JSON: a stopped service worker and a hotel's network
 * answer 200 with a page.
 */
export async function parseJsonResponse<T>(response: Response): Promise<T | undefined> {
  const isJson = response.headers.get('content-type')?.includes('json')
  return isJson ? ((await response.json()) as T) : undefined
}
