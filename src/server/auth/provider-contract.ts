/** What the provider says about the user who signed in there. */
export type Claims = Readonly<Record<string, unknown>>

/** Stored encrypted in the browser between leaving for the provider and coming back. */
export type SignInStarted = Readonly<{
  state: string
  nonce: string
  verifier: string
  /** the provider must ask for the password again, whoever is still signed in there */
  again?: boolean
}>

/** Why a sign-in at the provider failed. */
export type ProviderFault =
  /** it does not answer */
  | 'provider-down'
  /** it was cancelled, or the provider refused */
  | 'refused'
  /** started too long ago, or its code was used before */
  | 'expired'
  /** the answer is not for us, or not from the provider: state, nonce, issuer, audience, signature */
  | 'not-trusted'

export class ProviderProblem extends Error {
  readonly fault: ProviderFault
  constructor(fault: ProviderFault, cause?: unknown) {
    super(fault, { cause })
    this.name = 'ProviderProblem'
    this.fault = fault
  }
}

/** A program that came with an access token of the provider. */
export type Program = Readonly<{
  client: string
  scopes: readonly string[]
  /** what the token says about its organisation: an ODS code, or the id of an Organization here */
  organisation?: string
}>

/** How the service uses an OpenID provider. The host brings it; the embedded app has none. */
export type Provider = Readonly<{
  issuer: string
  /** what its accounts are called on the sign-in page: `work account`, `NHS login` */
  label: string
  /** The address to which the browser is sent. Rejects with `ProviderProblem`. */
  begin(begun: SignInStarted, redirectUri: string): Promise<URL>
  /** Checks what came back and fetches the claims. Rejects with `ProviderProblem`. */
  finish(
    callback: URL,
    begun: SignInStarted,
  ): Promise<Readonly<{ claims: Claims; idToken?: string }>>
  /** The address that ends the session at the provider too; undefined if it has none. */
  goodbye(idToken: string | undefined, returnTo: string): Promise<URL | undefined>
  /** Whom a back-channel logout token names. Rejects if it cannot be trusted. */
  loggedOut(token: string): Promise<Readonly<{ subject?: string; session?: string }>>
  /** Whose access token this is; undefined if programs are not allowed or it cannot be trusted. */
  program(token: string): Promise<Program | undefined>
  /** For `/.well-known/smart-configuration`; undefined if programs are not allowed or the provider does not answer. */
  forPrograms(): Promise<Readonly<{ tokenEndpoint: string; jwks: string }> | undefined>
}>
