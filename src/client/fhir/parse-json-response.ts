/**
 * What an answer says in JSON, also one that refuses; undefined when it is anything else: a sleeping service worker and a
 * hotel's network answer 200 with a page.
 */
export async function parseJsonResponse<T>(response: Response): Promise<T | undefined> {
  const isJson = response.headers.get('content-type')?.includes('json')
  return isJson ? ((await response.json()) as T) : undefined
}
