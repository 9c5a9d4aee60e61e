/** A path of our own app, with its query; anything else, and the paths of the API, become `/`. */
export function sameSitePath(asked: string | null): string {
  const base = 'https://own.invalid'
  if (!asked?.startsWith('/') || !URL.canParse(asked, base)) return '/'
  const { origin, pathname, search } = new URL(asked, base)
  const isOurs = origin === base && !pathname.startsWith('//')
  return isOurs && !/^\/(auth|fhir|events)(\/|$)/.test(pathname) ? `${pathname}${search}` : '/'
}
