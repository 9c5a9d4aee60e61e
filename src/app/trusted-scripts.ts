type Policies = Readonly<{
  createPolicy: (name: string, rules: { createScriptURL: (url: string) => string }) => unknown
}>

/**
 * Under Trusted Types only our own workers may be loaded as scripts: the service worker and built files. The policy is
 * the default one because the libraries that start them pass plain strings.
 */
export function trustOwnScripts(): void {
  const { trustedTypes } = globalThis as { trustedTypes?: Policies }
  trustedTypes?.createPolicy('default', {
    createScriptURL: (url) => {
      const { origin, pathname } = new URL(url, location.href)
      const isOurs = pathname === '/sw.js' || pathname.startsWith('/assets/')
      if (origin === location.origin && (isOurs || import.meta.env.DEV)) return url
      throw new TypeError('Only scripts of this app may run')
    },
  })
}
