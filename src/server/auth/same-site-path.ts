/** A path of our own app, with its query; anything else, and the paths of the API, become `/`. */
export function sameSitePath(path: string | null): string {
  const base = 'https://own.invalid'
  if (!path?.startsWith('/') || !URL.canParse(path, base)) return '/'
  const { origin, pathname, search } = new URL(path, base)
  const isOurs = origin === base && !pathname.startsWith('//')
  return isOurs && !/^\/(auth|fhir|events)(\/|$)/.test(pathname) ? `${pathname}${search}` : '/'
}
