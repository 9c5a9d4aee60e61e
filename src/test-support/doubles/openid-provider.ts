import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { type Configuration, Provider } from 'oidc-provider'

/** An account at the provider and its claims. `sub` is the account’s name. */
export type Accounts = Readonly<Record<string, Readonly<Record<string, unknown>>>>

/** A program that gets access tokens of its own. */
export type TestProgram = Readonly<{ id: string; organisation?: string }>

export type TestProvider = Readonly<{
  issuer: string
  clientId: string
  clientSecret: string
  /** the audience of access tokens, unless a program asks for another resource */
  audience: string
  /** an access token by the client credentials grant */
  tokenFor: (program: string, scope: string, resource?: string) => Promise<string>
  /** a JWT signed with the provider's own key, whatever its content */
  sign: (claims: Record<string, unknown>, type?: string) => Promise<string>
  stop: () => Promise<void>
}>

const clientId = 'gable'
const clientSecret = 'a-secret-for-tests-only-0123456789'
const audience = 'urn:gable'
const programSecret = 'another-secret-for-tests-0123456789'
const claimNames = ['nhsid_useruid', 'organisation_code', 'nhs_number', 'identity_proofing_level']

/**
 * A real OpenID provider on this machine, on its own port: authorization code flow with PKCE, client credentials,
 * logout. Its sign-in page is a list of accounts, each a button.
 */
export async function startOpenIdProvider(
  accounts: Accounts,
  programs: readonly TestProgram[] = [],
): Promise<TestProvider> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  const key = { ...(await exportJWK(privateKey)), kid: 'test', alg: 'RS256', use: 'sig' }
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const issuer = `http://localhost:${(server.address() as AddressInfo).port}`
  const provider = new Provider(issuer, configurationFor(accounts, programs, key))
  letAnyCallbackIn(provider)
  const answer = provider.callback()
  server.on('request', (request, response) => {
    const isPage = request.url?.startsWith('/interaction/')
    void (isPage ? interact({ provider, accounts, request, response }) : answer(request, response))
  })
  return {
    ...{ issuer, clientId, clientSecret, audience },
    tokenFor: (program, scope, resource = audience) =>
      clientToken(issuer, { program, scope, resource }),
    sign: (claims, type = 'JWT') =>
      new SignJWT({ iss: issuer, ...claims })
        .setProtectedHeader({ alg: 'RS256', kid: 'test', typ: type })
        .sign(privateKey),
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

type Key = NonNullable<Configuration['jwks']>['keys'][number]

function configurationFor(
  accounts: Accounts,
  programs: readonly TestProgram[],
  key: Key,
): Configuration {
  const organisations = new Map(programs.map((each) => [each.id, each.organisation]))
  return {
    jwks: { keys: [key] },
    cookies: { keys: ['cookies-of-a-test-provider'] },
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: ['http://localhost/auth/callback'],
        post_logout_redirect_uris: ['http://localhost/sign-in'],
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
      ...programs.map((each) => ({
        client_id: each.id,
        client_secret: programSecret,
        redirect_uris: [],
        response_types: [],
        grant_types: ['client_credentials'],
      })),
    ],
    scopes: ['openid', 'profile'],
    claims: { openid: ['sub', ...claimNames], profile: ['name'] },
    findAccount: (_ctx, id) => {
      const claims = accounts[id]
      return claims && { accountId: id, claims: async () => ({ sub: id, ...claims }) }
    },
    async loadExistingGrant(ctx) {
      const { client, session } = ctx.oidc
      if (!client || !session?.accountId) return undefined
      const grant = new ctx.oidc.provider.Grant({
        clientId: client.clientId,
        accountId: session.accountId,
      })
      grant.addOIDCScope('openid profile')
      await grant.save()
      return grant
    },
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    extraTokenClaims: (_ctx, token) => {
      const organisation = organisations.get(token.clientId ?? '')
      return organisation ? { organisation_code: organisation } : undefined
    },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      rpInitiatedLogout: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (ctx, resource) => ({
          // whatever scopes are requested: what they allow is decided by the service
          scope: String(ctx.oidc.params?.['scope'] ?? ''),
          audience: resource,
          accessTokenTTL: 600,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
    pkce: { required: () => true },
    ttl: { Interaction: 600, Session: 3600, Grant: 3600, IdToken: 600, AccessToken: 600 },
  }
}

/** The port of the service under test is known only once it listens, so any callback on this machine is accepted. */
function letAnyCallbackIn(provider: Provider): void {
  const isHere = (address: string, path: string) =>
    URL.canParse(address) &&
    ['localhost', 'gable.test'].includes(new URL(address).hostname) &&
    new URL(address).pathname === path
  Object.assign(provider.Client.prototype, {
    redirectUriAllowed: (address: string) => isHere(address, '/auth/callback'),
    postLogoutRedirectUriAllowed: (address: string) => isHere(address, '/sign-in'),
  })
}

type Visit = Readonly<{
  provider: Provider
  accounts: Accounts
  request: IncomingMessage
  response: ServerResponse
}>

/** GET: a button for each account, and one to cancel. POST: the button that was pressed. */
async function interact({ provider, accounts, request, response }: Visit): Promise<void> {
  if (request.method !== 'POST') {
    response.setHeader('Content-Type', 'text/html; charset=utf-8')
    response.end(pageOf(Object.keys(accounts)))
    return
  }
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const account = new URLSearchParams(Buffer.concat(chunks).toString()).get('account') ?? ''
  const result =
    account === ''
      ? { error: 'access_denied', error_description: 'called off' }
      : { login: { accountId: account } }
  await provider.interactionFinished(request, response, result)
}

function pageOf(names: readonly string[]): string {
  const button = (value: string, text: string) =>
    `<button name="account" value="${value}">${text}</button>`
  return `<!doctype html><html lang="en"><title>A test provider</title><h1>Who are you?</h1>
    <form method="post">${names.map((name) => button(name, name)).join(' ')} ${button('', 'Call it off')}</form></html>`
}

async function clientToken(
  issuer: string,
  asked: Readonly<{ program: string; scope: string; resource: string }>,
): Promise<string> {
  // biome-ignore lint/style/noRestrictedGlobals: a program calls the provider, not our API
  const response = await fetch(`${issuer}/token`, {
    method: 'POST',
    headers: {
      Authorization: `Basic ${btoa(`${asked.program}:${programSecret}`)}`,
      'Content-Type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      scope: asked.scope,
      resource: asked.resource,
    }),
  })
  const body = (await response.json()) as { access_token?: string; error_description?: string }
  if (!body.access_token) throw new Error(`No token: ${body.error_description}`)
  return body.access_token
}
