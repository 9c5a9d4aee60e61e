import { createRemoteJWKSet, type JWTPayload, jwtVerify } from 'jose'
import * as oidc from 'openid-client'
import {
  type Program,
  type Provider,
  type ProviderFault,
  ProviderProblem,
} from '#server/auth/provider-contract.ts'

export type ProviderSettings = Readonly<{
  issuer: string
  clientId: string
  clientSecret: string
  label: string
  /** scopes to ask for; the claims need them */
  scope: string
  /** the audience that programs' access tokens must have; absent: no programs */
  audience?: string
  /** the claim of a program's token that names its organisation */
  programOrganisation: string
}>

/** Accepted signatures: none with a shared secret, and never none at all. */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'EdDSA']
/** A sign-in that was asked for again, and took its time. */
const maxAgeSeconds = 600
const logoutEvent = 'http://schemas.openid.net/event/backchannel-logout'

/**
 * The OpenID provider of a team server. Its description is loaded when first needed and kept; while it does not answer,
 * each sign-in tries again. Plain http is allowed only to this machine.
 */
export function openProvider(settings: ProviderSettings): Provider {
  let known: Promise<oidc.Configuration> | undefined
  const configuration = async () => {
    known ??= discover(settings)
    try {
      return await known
    } catch (cause) {
      known = undefined
      throw problemOf(cause)
    }
  }
  let keys: ReturnType<typeof createRemoteJWKSet> | undefined
  const verify = async (token: string, audience: string) => {
    const { jwks_uri } = (await configuration()).serverMetadata()
    if (!jwks_uri) throw new ProviderProblem('not-trusted')
    keys ??= createRemoteJWKSet(new URL(jwks_uri), { timeoutDuration: 5_000 })
    const { issuer } = settings
    const required = ['exp', 'iat']
    const rules = { issuer, audience, algorithms, requiredClaims: required, clockTolerance: 30 }
    return (await jwtVerify(token, keys, rules)).payload
  }
  return {
    issuer: settings.issuer,
    label: settings.label,
    async begin({ state, nonce, verifier, again }, redirectUri) {
      const config = await configuration()
      return oidc.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: settings.scope,
        state,
        nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        ...(again ? { prompt: 'login', max_age: '0' } : {}),
      })
    },
    async finish(callback, { state, nonce, verifier, again }) {
      const config = await configuration()
      try {
        const tokens = await oidc.authorizationCodeGrant(config, callback, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
          // then `auth_time` is required, and must be of now
          ...(again ? { maxAge: maxAgeSeconds } : {}),
        })
        const claims = tokens.claims()
        if (!claims) throw new ProviderProblem('not-trusted')
        const more = config.serverMetadata().userinfo_endpoint
          ? await oidc.fetchUserInfo(config, tokens.access_token, claims.sub)
          : {}
        const idToken = tokens.id_token ? { idToken: tokens.id_token } : {}
        return { claims: { ...more, ...claims }, ...idToken }
      } catch (cause) {
        throw problemOf(cause)
      }
    },
    async goodbye(idToken, returnTo) {
      const config = await configuration().catch(() => undefined)
      if (!config?.serverMetadata().end_session_endpoint) return undefined
      return oidc.buildEndSessionUrl(config, {
        post_logout_redirect_uri: returnTo,
        ...(idToken ? { id_token_hint: idToken } : {}),
      })
    },
    async loggedOut(token) {
      const claims = await verify(token, settings.clientId).catch((cause: unknown) => {
        throw new ProviderProblem('not-trusted', cause)
      })
      const events = claims['events']
      const isLogout = typeof events === 'object' && events !== null && logoutEvent in events
      const session = claims['sid']
      if (!isLogout || 'nonce' in claims || (!claims.sub && typeof session !== 'string'))
        throw new ProviderProblem('not-trusted')
      return {
        ...(claims.sub ? { subject: claims.sub } : {}),
        ...(typeof session === 'string' ? { session } : {}),
      }
    },
    async program(token) {
      if (!settings.audience) return undefined
      const claims = await verify(token, settings.audience).catch(() => undefined)
      return claims && programIn(claims, settings.programOrganisation)
    },
    async forPrograms() {
      if (!settings.audience) return undefined
      const metadata = (await configuration().catch(() => undefined))?.serverMetadata()
      if (!metadata?.token_endpoint || !metadata.jwks_uri) return undefined
      return { tokenEndpoint: metadata.token_endpoint, jwks: metadata.jwks_uri }
    },
  }
}

async function discover(settings: ProviderSettings): Promise<oidc.Configuration> {
  const { clientId, clientSecret } = settings
  const issuer = new URL(settings.issuer)
  const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(issuer.hostname)
  const plain = isHere && issuer.protocol === 'http:' ? [oidc.allowInsecureRequests] : []
  return await oidc.discovery(issuer, clientId, clientSecret, undefined, {
    // signatures of ID tokens are checked though they come straight from the provider
    execute: [...plain, oidc.enableNonRepudiationChecks],
    timeout: 5,
  })
}

/** The token of a program and not of a user: if it names a subject, that is the program itself. */
function programIn(claims: JWTPayload, organisationClaim: string): Program | undefined {
  const client = claims['client_id'] ?? claims['azp']
  if (typeof client !== 'string' || (claims.sub !== undefined && claims.sub !== client))
    return undefined
  const scope = claims['scope']
  const organisation = claims[organisationClaim]
  return {
    client,
    scopes: typeof scope === 'string' ? scope.split(' ').filter(Boolean) : [],
    ...(typeof organisation === 'string' ? { organisation } : {}),
  }
}

/** Which of our error codes stands for what went wrong. */
function problemOf(cause: unknown): ProviderProblem {
  return cause instanceof ProviderProblem ? cause : new ProviderProblem(faultOf(cause), cause)
}

function faultOf(cause: unknown): ProviderFault {
  if (cause instanceof oidc.AuthorizationResponseError) return 'refused'
  if (cause instanceof oidc.ResponseBodyError)
    return cause.error === 'invalid_grant' ? 'expired' : 'not-trusted'
  return isSilence(cause) ? 'provider-down' : 'not-trusted'
}

/** No connection, no answer in time, or a failure of the provider. */
function isSilence(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false
  const code = 'code' in cause ? cause.code : undefined
  if (code === 'OAUTH_TIMEOUT' || cause.name === 'TimeoutError') return true
  if (cause instanceof TypeError && /fetch failed/.test(cause.message)) return true
  if (cause.cause instanceof Response) return cause.cause.status >= 500
  return cause.cause === undefined ? false : isSilence(cause.cause)
}
