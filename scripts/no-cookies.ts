/**
 * Stands in for `tough-cookie` (120 kB) in the browser bundle. MSW keeps cookies of mocked answers with it; the
 * embedded API is spoken to with a bearer token and sets none.
 */
export class Cookie {}

export class MemoryCookieStore {
  putCookie(): Promise<void> {
    return Promise.resolve()
  }
  removeCookie(): Promise<void> {
    return Promise.resolve()
  }
  getAllCookies(): Promise<[]> {
    return Promise.resolve([])
  }
}

export class CookieJar {
  getCookiesSync(): [] {
    return []
  }
  setCookie(): Promise<void> {
    return Promise.resolve()
  }
  setCookieSync(): void {}
}
