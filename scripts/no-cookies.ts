/**
 * Replaces `tough-cookie` (120 kB) in the browser bundle. MSW stores cookies of mocked answers with it; the
 * embedded API uses a bearer token and sets no cookies.
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
