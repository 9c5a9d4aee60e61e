/// <reference types="vite/client" />

interface ImportMetaEnv {
  /** `remote`: the API is a server, and nothing of the embedded one is in the bundle */
  readonly VITE_API?: string
}

/** A catalogue of translations, compiled by the build. */
declare module '*.po' {
  export const messages: import('@lingui/core').Messages
}
